// Memory that runs out is a RuntimeError with the size asked for, and what was freed is there for the next program.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startPython } from './pyodide.mjs';

const { engine, find } = await startPython();

test('a program that fills the memory gets an error with the size asked for, and the next one runs', () => {
  const fill = `
def program():
    held = []
    try:
        while True:
            held.append(torch.empty(2**26))
    except RuntimeError as error:
        found.append(str(error))
        found.append(len(held) > 4)
program()
`;
  for (let i = 0; i < 2; ++i) {
    const [message, enough] = find(fill);
    assert.match(message, /can't allocate memory: you tried to allocate 268435456 bytes\. Error code 12/);
    assert.ok(enough);
    assert.equal(engine.isBroken, false);
  }
  assert.deepEqual(find('found.append(torch.ones(2**24).sum().item())'), [2 ** 24]);
});
