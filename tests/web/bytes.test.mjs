import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { measureStart } from '../bench/start.mjs';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(dist.length + 1));

test('a first visit loads at most 600 KB before Python and 6 MB in all, a later one only what may have changed', async () => {
  const { bytes, warmBytes } = await measureStart({ visits: 1, returns: 1 });
  const list = Object.entries(bytes.files).map(([path, size]) => `${size} ${path}`);
  assert.ok(bytes.beforePython <= 600_000, `${bytes.beforePython} bytes before Python:\n${list.join('\n')}`);
  assert.ok(bytes.all <= 6_000_000, `${bytes.all} bytes in all:\n${list.join('\n')}`);
  assert.ok(warmBytes < 2000, `${warmBytes} bytes again`);
});

// PNG is compressed already.
test('every large file has copies in Brotli and gzip that give the same bytes', () => {
  for (const path of files.filter((path) => !/\.(br|gz|png)$/.test(path))) {
    const full = join(dist, path);
    if (statSync(full).size < 10_000) continue;
    const bytes = readFileSync(full);
    assert.ok(existsSync(`${full}.br`) && existsSync(`${full}.gz`), path);
    assert.ok(brotliDecompressSync(readFileSync(`${full}.br`)).equals(bytes), path);
    assert.ok(gunzipSync(readFileSync(`${full}.gz`)).equals(bytes), path);
  }
});

test('everything in assets/ is named by its content, in the name of the file or of its folder', () => {
  for (const path of files.filter((path) => path.startsWith('assets/'))) {
    assert.match(path, /^assets\/([^/]+-[\w-]{8}\/[^/]+|[^/]+-[\w-]{8}\.\w+(\.br|\.gz)?)$/);
  }
});
