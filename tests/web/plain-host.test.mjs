import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { openSite, panelPage, runCode } from './browser.mjs';

// The server of these tests compresses nothing on the wire: archives come from the .gz beside them.

const assets = new URL('../../dist/assets/', import.meta.url);
const copies = readdirSync(assets).filter((name) => /^(python|torch)-[\w-]{8}\.zip\.gz$/.test(name));

/** Runs a program on a site of its own, and gives what it printed and the archives that were asked for, in order. */
async function visit({ pages = {}, broken = [] } = {}) {
  const site = await openSite({ plain: true, pages: { '/lesson.html': panelPage(['']), ...pages } });
  for (const name of broken) site.broken.add(name);
  const { page } = await site.open('/lesson.html');
  const { stdout } = await runCode(page, 'import torch\nprint(torch.arange(3).sum().item())');
  return { stdout, asked: site.asked.filter((path) => /\/(python|torch)-[^/]+\.zip/.test(path)) };
}

const times = (asked, pattern) => asked.filter((path) => pattern.test(path)).length;

test('the copies are there', () => assert.equal(copies.length, 2));

test('of a host that sends archives as they are, a start takes their gzip copies', async () => {
  const { stdout, asked } = await visit();
  assert.equal(stdout, '3\n');
  assert.deepEqual([times(asked, /\.zip$/), times(asked, /\.zip\.gz$/)], [2, 2]);
});

test('where there are no copies, a start takes the archives', async () => {
  const { stdout, asked } = await visit({ broken: copies });
  assert.equal(stdout, '3\n');
  assert.equal(times(asked, /\.zip$/), 4);
});

test('a page in the place of a copy is not taken for one', async () => {
  const { stdout, asked } = await visit({
    pages: Object.fromEntries(copies.map((name) => [`/assets/${name}`, '<p>Not here</p>'])),
  });
  assert.equal(stdout, '3\n');
  assert.equal(times(asked, /\.zip$/), 4);
});
