// The small packages in the page: what matplotlib, tqdm and SummaryWriter give arrives where the reader sees it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onePanel, runCode, textOf } from './browser.mjs';

const { page, problems } = await onePanel();

/** The parts of the output: its texts, and the words in each figure. */
const parts = () =>
  page.evaluate(() =>
    [...document.querySelector('unroll-panel').shadowRoot.querySelector('.output').children]
      .filter((part) => !part.hidden && (part.localName === 'figure' || part.textContent))
      .map((part) => {
        if (part.localName !== 'figure') return part.textContent.trim();
        return [...part.querySelector('.picture').shadowRoot.querySelectorAll('text')].map((text) => text.textContent);
      }),
  );

test('plt.show puts a figure where the text stands, what is still open comes at the end, savefig makes a file', async () => {
  const code = `import matplotlib.pyplot as plt
import numpy as np
print("before")
plt.plot(np.arange(5), np.arange(5) ** 2, label="squares")
plt.title("First")
plt.legend()
plt.savefig("first.svg")
plt.show()
print("between")
plt.imshow(np.eye(3), cmap="viridis")
plt.colorbar()
plt.title("Second")
print("after")`;
  const { status, figures, stderr } = await runCode(page, code);
  assert.deepEqual([status, stderr, figures.length], ['ok', '', 2]);
  const [before, first, between, second] = await parts();
  assert.equal(before, 'before');
  assert.ok(first.includes('First') && first.includes('squares') && first.includes('16'), `${first}`);
  assert.equal(between, 'between\nafter');
  assert.ok(second.includes('Second'), `${second}`);
  assert.ok('first.svg' in (await page.evaluate(() => document.querySelector('unroll-panel').files)));
});

test('a figure that is drawn again while a program runs stays one figure', async () => {
  const code = `import matplotlib.pyplot as plt
plt.ion()
fig, ax = plt.subplots()
(line,) = ax.plot([0], [0])
for step in range(5):
    line.set_data(range(step + 1), range(step + 1))
    ax.set_title(f"step {step}")
    ax.relim()
    ax.autoscale_view()
    plt.pause(0.01)`;
  await runCode(page, code);
  const figures = (await parts()).filter(Array.isArray);
  assert.equal(figures.length, 1);
  assert.ok(figures[0].includes('step 4'), `${figures[0]}`);
});

test('tqdm redraws its bar in one line, and SummaryWriter feeds the live plot', async () => {
  const code = `from tqdm import tqdm
from torch.utils.tensorboard import SummaryWriter
writer = SummaryWriter()
for step in tqdm(range(50), desc="training"):
    writer.add_scalar("Loss/train", 1 / (step + 1), step)
    writer.add_scalar("Loss/test", 2 / (step + 1), step)
writer.close()
print("done")`;
  const { status } = await runCode(page, code);
  assert.equal(status, 'ok');
  const lines = (await textOf(page, '.output')).trim().split('\n');
  assert.equal(lines.length, 2);
  assert.match(lines[0], /^training: 100%\|█+\| 50\/50 \[/);
  assert.equal(await textOf(page, '.chart h4'), 'Loss');
  assert.match(await textOf(page, '.chart-key'), /^train\s*0\.02\s+test\s*0\.04$/);
});

test('a package that is not here says in one sentence what to use instead', async () => {
  const { error } = await runCode(page, 'import torchvision');
  assert.deepEqual([error.type, error.line], ['ModuleNotFoundError', 1]);
  assert.match(
    await textOf(page, '.output'),
    /ModuleNotFoundError: No module named 'torchvision': it is not part of Unroll; make images/,
  );
});

test('the page reported no error all the while', () => {
  assert.deepEqual(problems, []);
});
