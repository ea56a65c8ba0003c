import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { importSource } from './source.mjs';

const { isLink, longestLink, makeLink, packHash, readLink } = await importSource('share/link.ts');
const page = 'https://host.example/unroll/';

/** A link's hash as of a writer that follows no rule: any head, any bytes behind it. */
async function hashOf(head, bytes = new Uint8Array()) {
  const parts = [typeof head === 'string' ? head : JSON.stringify(head), '\0', bytes];
  const packed = new Blob(parts).stream().pipeThrough(new CompressionStream('deflate'));
  return `#unroll=1.${Buffer.from(await new Response(packed).arrayBuffer()).toString('base64url')}`;
}

test('a link gives back the code, the files and the settings that went into it', async () => {
  const shared = {
    code: 'print("Grüße, 世界 🌍")\r\n\ttabs\0zero',
    files: { 'data/a.txt': 'line\n', 'b.bin': new Uint8Array([0, 255, 0, 128]), 'empty.txt': '' },
    settings: { lang: 'python', layout: 'side', packages: ['pandas', 'https://host/a-1-py3-none-any.whl'], seed: 7 },
  };
  const link = await makeLink(shared, `${page}?x=1#old`);
  assert.match(link, /^https:\/\/host\.example\/unroll\/\?x=1#unroll=1\.[\w-]+$/);
  assert.deepEqual(await readLink(new URL(link).hash), shared);
});

test('the program of a lesson makes a link of less than two thousand characters', async () => {
  const code = 'import torch\nimport torch.nn as nn\n\nclass Net(nn.Module):\n    def __init__(self):\n'.repeat(12);
  assert.ok((await makeLink({ code, files: {}, settings: {} }, page)).length < 2000);
});

test('a program that is too long for a link is refused with its size and its largest part', async () => {
  const files = { 'small.txt': 'x', 'weights.pt': new Uint8Array(randomBytes(40_000)) };
  await assert.rejects(makeLink({ code: 'print(1)', files, settings: {} }, page), {
    name: 'LinkError',
    message: /too long for a link.*5\d,\d{3} characters.*32,000.*largest part is weights\.pt/,
  });
  assert.equal(longestLink, 32_000);
});

test('an address without a program is no link', async () => {
  for (const hash of ['', '#', '#bidirectional', '#section=unroll']) {
    assert.equal(isLink(hash), false);
    assert.equal(await readLink(hash), null);
  }
});

test('a link that was cut off or changed says so', async () => {
  const whole = await packHash({ code: 'print("hello, hello")', files: { a: 'b' }, settings: {} });
  const spoiled = [
    whole.slice(0, -6),
    whole.slice(0, 12),
    '#unroll=',
    '#unroll=x.y',
    `${whole.slice(0, 20)}%20${whole.slice(23)}`,
  ];
  const middle = Math.floor(whole.length / 2);
  spoiled.push(whole.slice(0, middle) + (whole[middle] === 'A' ? 'B' : 'A') + whole.slice(middle + 1));
  for (const hash of spoiled) await assert.rejects(readLink(hash), { name: 'LinkError', message: /incomplete/ }, hash);
});

test('a link of a later format asks to reload', async () => {
  await assert.rejects(readLink('#unroll=2.abc'), /format 2; this page reads format 1.*Reload/);
});

test('what a forged link holds is checked: types, names, lengths, settings', async () => {
  const code = 'print(1)';
  const bad = ['null', '[]', '{}', { code: 5, files: [] }, { code, files: {} }, { code, files: [['a', -1, 'text']] }];
  bad.push({ code, files: [['a', 9, 'text']] }, { code, files: [[7, 0, 'text']] }, { code, files: [null] }, 'no JSON');
  for (const head of bad)
    await assert.rejects(readLink(await hashOf(head)), { name: 'LinkError' }, JSON.stringify(head));
  for (const name of ['../a', '/a', 'a//b', '', '.']) {
    const hash = await hashOf({ code, files: [[name, 0, 'text']], settings: {} });
    await assert.rejects(readLink(hash), /a name that no program can use/, name);
  }
  const settings = {
    lang: 'ruby',
    layout: 3,
    packages: ['numpy', 4, 'a b', ['x']],
    seed: 1.5,
    title: 'T',
    autorun: true,
  };
  const { settings: read } = await readLink(await hashOf({ code, files: [], settings }));
  assert.deepEqual(read, { packages: ['numpy'], title: 'T' });
  const files = [['__proto__', 1, 'text']];
  const odd = await readLink(await hashOf({ code, files, settings: {} }, new Uint8Array([65])));
  assert.equal(Object.getPrototypeOf(odd.files), Object.prototype);
});

test('a link that would unpack to more than four megabytes is refused before it has', async () => {
  const hash = await hashOf({ code: ' '.repeat(20_000_000), files: [], settings: {} });
  assert.ok(hash.length < 300_000);
  await assert.rejects(readLink(hash), /more than a panel takes/);
});
