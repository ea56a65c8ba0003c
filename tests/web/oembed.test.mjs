// What UNROLL_SITE adds to the site: a page for each lesson, and the oEmbed description that it names.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oembedFiles } from '../../web/oembed.mjs';
import { openSite, visit, waitForCode } from './browser.mjs';

const pages = {};

const site = await openSite({ pages });
for (const [path, text] of oembedFiles(site.url)) pages[`/${path}`] = text;

test('each lesson has a page that names its description, by an absolute address', () => {
  const names = Object.keys(pages).filter((path) => path.endsWith('index.html'));
  assert.ok(names.length >= 4);
  for (const path of names) {
    const [, address] = /application\/json\+oembed" href="([^"]+)"/.exec(pages[path]);
    const { version, type, title, width, html } = JSON.parse(pages[new URL(address).pathname]);
    assert.deepEqual([version, type, width], ['1.0', 'rich', 800]);
    assert.ok(title && html.startsWith(`<iframe src="${site.url}/embed.html?src=lessons%2F`), path);
  }
});

test('the address of the site may lack its last slash; one that is none is said', () => {
  const texts = (site) => oembedFiles(site).map(([, text]) => text);
  assert.deepEqual(texts('https://your.site/unroll'), texts('https://your.site/unroll/'));
  assert.throws(() => oembedFiles('your.site'), /^Error: UNROLL_SITE: expected the whole address .* got "your\.site"$/);
});

test('the embed of a lesson with a file shows it as the site’s own code, and its page does', async () => {
  const { html } = JSON.parse(pages['/lessons/char_language_model/oembed.json']);
  const [, address] = /src="([^"]+)"/.exec(html);
  for (const url of [address.replaceAll('&amp;', '&'), `${site.url}/lessons/char_language_model/index.html`]) {
    const { page, problems } = await visit(url);
    await waitForCode(page, 'import torch');
    const isolated = await page.$eval('unroll-panel', (panel) => panel.isolated);
    assert.equal(isolated, false);
    await page.evaluate(() => document.querySelector('unroll-panel').readFiles());
    assert.deepEqual(await page.$eval('unroll-panel', (panel) => Object.keys(panel.files)), ['input.txt']);
    assert.deepEqual(problems, []);
    await page.close();
  }
});
