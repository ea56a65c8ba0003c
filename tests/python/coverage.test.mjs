// docs/coverage.md says what is here, and is true.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { coveragePage, pagePath } from './coverage.mjs';
import { read } from './pyodide.mjs';

const page = await coveragePage();

test('the coverage page is what the package gives (node tests/python/coverage.mjs writes it)', async () => {
  assert.equal(await read(pagePath), page);
});

test('of the names that public programs use, 98 % by weight and 93 % by count are here', () => {
  const [, count, weight] = /^\| torch \| .*\(([\d.]+) %\) \| ([\d.]+) %/m.exec(page);
  assert.ok(count >= 93, `${count} % by count`);
  assert.ok(weight >= 98, `${weight} % by weight`);
});
