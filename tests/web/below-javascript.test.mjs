// Where Python runs below JavaScript it cannot wait for a promise, and so not listen to the page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onePanel, runCode } from './browser.mjs';

const { page, problems } = await onePanel();

/** Longer than the time after which a running program listens to its page. */
const slowly = `
import time
def slowly():
    end = time.perf_counter() + 0.3
    while time.perf_counter() < end:
        pass
`;

test('a program may take long where Pyodide makes the type of a new kind of JavaScript object', async () => {
  const outcome = await runCode(
    page,
    `${slowly}
import collections.abc, js
class Slow(collections.abc.MutableSequence):
    @classmethod
    def __subclasshook__(cls, other):
        slowly()
        return NotImplemented
print(js.Uint8Array.new(3).length, js.Array.new(3).length, len(js.Map.new()), len(js.Set.new()))
`,
  );
  assert.equal(outcome.stderr, '');
  assert.equal(outcome.stdout, '3 3 0 0\n');
});

test('a program may take long where the error of a function that JavaScript called becomes text', async () => {
  const outcome = await runCode(
    page,
    `${slowly}
import js
class Slow(Exception):
    def __str__(self):
        slowly()
        return "slow"
def fail(*_):
    raise Slow
try:
    js.Array.of(1).map(fail)
except Slow as error:
    print("caught", error)
`,
  );
  assert.equal(outcome.stderr, '');
  assert.equal(outcome.stdout, 'caught slow\n');
});

test('the page reported no error', () => assert.deepEqual(problems, []));
