// What set-up is made of: the static server, the lock between commands, versions, steps.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { compressSite } from '../../wasm-bindings/setup/compress.mjs';
import { withLock } from '../../wasm-bindings/setup/lock.mjs';
import { atLeast, onPath, versionOf } from '../../wasm-bindings/setup/programs.mjs';
import { serve } from '../../wasm-bindings/setup/serve.mjs';
import { formatSeconds, output, runLogged } from '../../wasm-bindings/setup/steps.mjs';
import { catch2Arguments, choose, chooseFiles, titleArguments } from '../choose.mjs';
import { circlesIn } from '../circles.mjs';

const folder = mkdtempSync(join(tmpdir(), 'unroll-setup-'));
after(() => rmSync(folder, { recursive: true }));

/** A GET whose path is sent as it is; fetch would tidy it. */
const get = (url, path, headers = {}) =>
  new Promise((done, failed) => {
    request(url, { path, headers }, (response) => {
      const parts = [];
      response.on('data', (data) => parts.push(data));
      response.on('end', () => {
        const bytes = Buffer.concat(parts);
        done({ status: response.statusCode, headers: response.headers, bytes, body: String(bytes) });
      });
    })
      .on('error', failed)
      .end();
  });

test('the server gives files with their types, an index for a folder, and 404 for the rest', async () => {
  const site = join(folder, 'site');
  mkdirSync(join(site, 'sub'), { recursive: true });
  writeFileSync(join(site, 'index.html'), 'home');
  writeFileSync(join(site, 'sub/index.html'), 'sub');
  writeFileSync(join(site, 'a.wasm'), 'x');
  const { url, close } = await serve(site);
  try {
    assert.equal((await get(url, '/')).body, 'home');
    assert.equal((await get(url, '/sub')).headers.location, '/sub/');
    assert.equal((await get(url, '/sub/')).body, 'sub');
    assert.equal((await get(url, '/a.wasm?x=1')).headers['content-type'], 'application/wasm');
    assert.equal((await get(url, '/none')).status, 404);
    const { etag } = (await get(url, '/')).headers;
    assert.equal((await fetch(url, { headers: { 'If-None-Match': etag } })).status, 304);
  } finally {
    await close();
  }
});

test('a file goes out in the best encoding that the client reads, and what a hash names is kept for ever', async () => {
  const site = join(folder, 'packed');
  const text = 'the same word again and again '.repeat(200);
  mkdirSync(join(site, 'assets/runtime-0123abcd'), { recursive: true });
  for (const path of ['a.js', 'assets/b-0123abcd.wasm', 'assets/runtime-0123abcd/c.wasm'])
    writeFileSync(join(site, path), text);
  await compressSite(site);
  const { url, close } = await serve(site);
  const ask = (path, accepted) => get(url, path, accepted && { 'Accept-Encoding': accepted });
  try {
    const wholes = { br: brotliDecompressSync, gzip: gunzipSync, undefined: (bytes) => bytes };
    for (const [accepted, encoding] of [
      ['gzip, deflate, br, zstd', 'br'],
      ['gzip', 'gzip'],
      ['br;q=0, gzip;q=0.5', 'gzip'],
      ['identity', undefined],
      [undefined, undefined],
    ]) {
      const { headers, bytes } = await ask('/a.js', accepted);
      assert.equal(headers['content-encoding'], encoding, accepted);
      assert.equal(headers['content-type'], 'text/javascript; charset=utf-8');
      assert.equal(headers.vary, 'Accept-Encoding');
      assert.equal(Number(headers['content-length']), bytes.length);
      assert.equal(String(wholes[encoding](bytes)), text);
    }
    const cached = async (path) => (await ask(path, 'br')).headers['cache-control'];
    assert.equal(await cached('/a.js'), 'no-cache');
    assert.equal(await cached('/assets/b-0123abcd.wasm'), 'public, max-age=31536000, immutable');
    assert.equal(await cached('/assets/runtime-0123abcd/c.wasm'), 'public, max-age=31536000, immutable');
  } finally {
    await close();
  }
});

test('the server gives nothing from outside its folder, not by dots and not by links', async () => {
  const site = join(folder, 'inner');
  mkdirSync(site, { recursive: true });
  writeFileSync(join(folder, 'secret'), 'secret');
  symlinkSync(join(folder, 'secret'), join(site, 'link'));
  const { url, close } = await serve(site);
  try {
    for (const path of ['/../secret', '/%2e%2e/secret', '/..%2fsecret', '/link', '/%00', '/%zz']) {
      assert.equal((await get(url, path)).status, 404, path);
    }
  } finally {
    await close();
  }
});

test('a lock lets one work at a time, and one whose owner is gone is taken over', async () => {
  const path = join(folder, 'lock');
  const order = [];
  const work = (name) =>
    withLock(path, async () => {
      order.push(`${name} starts`);
      await new Promise((done) => setTimeout(done, 50));
      order.push(`${name} ends`);
    });
  await Promise.all([work('one'), work('two')]);
  assert.deepEqual(order, ['one starts', 'one ends', 'two starts', 'two ends']);
  writeFileSync(path, '999999999');
  assert.equal(await withLock(path, () => 'done'), 'done');
});

test('versions compare by number', () => {
  assert.ok(atLeast('3.1.69', '3.1.69') && atLeast('4.0', '3.1.69') && atLeast('3.10', '3.9'));
  assert.ok(!atLeast('3.1.68', '3.1.69') && !atLeast('3.1', '3.1.69'));
});

test('a program that is not there has no path and no version', async () => {
  assert.equal(onPath('no-such-program'), undefined);
  assert.equal(await versionOf('no-such-program'), undefined);
  assert.equal(await versionOf('node'), process.versions.node);
});

test('a failed step carries its log and what to do', async () => {
  const command = [process.execPath, '-e', 'console.error("broken"); process.exit(3)'];
  await assert.rejects(runLogged('setup-test', command, { advice: 'mend it' }), (error) => {
    assert.match(error.message, /ended with code 3/);
    assert.equal(error.advice, 'mend it');
    assert.match(error.log, /setup-test\.log$/);
    return true;
  });
  await assert.rejects(output(['no-such-program']), /no-such-program/);
});

test('times read as people say them', () => {
  assert.deepEqual([40, 1234, 12_345, 125_000].map(formatSeconds), ['0.0 s', '1.2 s', '12 s', '2 min 5 s']);
});

test('the words of npm test choose suites, then files and titles in them', () => {
  const suites = ['core-native', 'core-asan', 'python', 'web'].map((name) => ({ name }));
  assert.equal(choose(suites, []).chosen.length, 4);
  const { chosen, selection } = choose(suites, ['web', 'tabs', 'closes (a) tab']);
  assert.deepEqual(
    chosen.map(({ name }) => name),
    ['web'],
  );
  const files = ['tests/web/tabs.test.mjs', 'tests/web/split.test.mjs'];
  assert.deepEqual(chooseFiles(files, selection), { files: files.slice(0, 1), titles: ['closes (a) tab'] });
  assert.deepEqual(chooseFiles(files, { words: [] }), { files, titles: [] });
  assert.deepEqual(titleArguments(['closes (a) tab']), ['--test-name-pattern=closes \\(a\\) tab']);
  assert.deepEqual(catch2Arguments(choose(suites, ['core', '[rnn]', 'gradient']).selection), ['[rnn]', '*gradient*']);
  assert.equal(choose(suites, ['nothing']).chosen.length, 0);
});

test('a circle of imports is what each of its files needs all others for', () => {
  const graph = new Map([
    ['a', ['b', 'x']],
    ['b', ['c']],
    ['c', ['a', 'd']],
    ['d', ['e']],
    ['e', ['d', 'x']],
    ['x', []],
  ]);
  assert.deepEqual(circlesIn(graph), [
    ['a', 'b', 'c'],
    ['d', 'e'],
  ]);
  graph.set('c', ['d']);
  assert.deepEqual(circlesIn(graph), [['d', 'e']]);
});
