// unroll.page: what a program shows on the page besides text, and when it is sent.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { startPython } from './pyodide.mjs';

let sent;

const python = await startPython();
const page = {
  figure: (id, svg, title) => sent.push(['figure', id ?? null, svg, title]),
  scalars: (json) => sent.push(...JSON.parse(json)),
};
python.run('from unroll import page\npage.figure("<svg/>"); page.scalar("a", 0, 1); page.flush()');
python.pyodide.pyimport('unroll.page').connect(page);

/** What the page hears of a program that prints nothing. */
function heard(code) {
  sent = [];
  python.run(`import unroll\nfrom unroll import page\npage.begin()\n${code}`);
  return sent;
}

test('a figure arrives with its id and its title, after the points before it', () => {
  assert.deepEqual(heard('page.scalar("loss", 3, 0.5)\npage.figure("<svg/>", "a line", id=7)\npage.figure("<svg/>")'), [
    ['loss', 3, 0.5],
    ['figure', '7', '<svg/>', 'a line'],
    ['figure', null, '<svg/>', ''],
  ]);
});

test('log counts its calls, takes tensors and names with slashes, and a value that is no number is a gap', () => {
  const code = `
import torch
unroll.log(loss=torch.tensor(0.5))
unroll.log({"acc/train": 1}, loss=float("nan"))
unroll.log(loss=2, step=10)
page.flush()`;
  assert.deepEqual(heard(code), [
    ['loss', 0, 0.5],
    ['acc/train', 1, 1],
    ['loss', 1, null],
    ['loss', 10, 2],
  ]);
});

test('ten thousand points go out in few posts and none is lost', () => {
  let posts = 0;
  const page = {
    scalars: (json) => {
      posts++;
      sent.push(...JSON.parse(json));
    },
  };
  sent = [];
  python.pyodide.pyimport('unroll.page').connect(page);
  python.run('from unroll import page\nfor i in range(10000): page.scalar("x", i, i)\npage.flush()');
  assert.equal(sent.length, 10000);
  assert.ok(posts < 60, `${posts} posts`);
});

test("a fresh start forgets NumPy's settings", () => {
  const code = `
import numpy, unroll
numpy.set_printoptions(precision=2)
before = str(numpy.array([1 / 3]))
unroll.fresh_start()
str([before, str(numpy.array([1 / 3]))])`;
  assert.equal(python.run(code), "['[0.33]', '[0.33333333]']");
});

test('import unroll does not import torch', async () => {
  const fresh = await startPython();
  assert.equal(fresh.run('import sys, unroll, unroll.page\n"torch" in sys.modules'), false);
});
