// docs/developers/an-op.md shows lines of the tree and of generated files; they must be there.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

import { root } from '../../wasm-bindings/setup/places.mjs';

const read = (path) => readFile(join(root, path), 'utf8');

test('each line of code that the page about an op shows is in the file that it names', async () => {
  const page = await read('docs/developers/an-op.md');
  const blocks = [...page.matchAll(/^`([\w./-]+)`:\n\n```\w+\n([\s\S]*?)\n```/gm)];
  assert.equal(blocks.length, 6);
  for (const [, path, code] of blocks) {
    const text = await read(path);
    for (const line of code.split('\n')) assert.ok(text.includes(line), `${path} has no line ${line}`);
  }
});
