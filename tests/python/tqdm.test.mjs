// The small tqdm, against what tqdm 4.67 prints with the same clock.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { startPython } from './pyodide.mjs';

const python = await startPython();

/** What a program writes to its stream `out` when each tick(seconds) moves the clock. */
const written = (code) =>
  python.run(`
import io
from tqdm import tqdm, trange
clock = [1000.0]
def tick(seconds):
    clock[0] += seconds
tqdm._time = staticmethod(lambda: clock[0])
class Stream(io.StringIO):
    encoding = "utf-8"
out = Stream()
${code}
out.getvalue()
`);

test('a loop redraws its bar in place and leaves it', () => {
  assert.equal(
    written('for i in tqdm(range(3), desc="epoch", file=out): tick(0.3)'),
    [
      '\repoch:   0%|          | 0/3 [00:00<?, ?it/s]',
      '\repoch:  33%|███▎      | 1/3 [00:00<00:00,  3.33it/s]',
      '\repoch:  67%|██████▋   | 2/3 [00:00<00:00,  3.33it/s]',
      '\repoch: 100%|██████████| 3/3 [00:00<00:00,  3.33it/s]',
      '\repoch: 100%|██████████| 3/3 [00:00<00:00,  3.33it/s]\n',
    ].join(''),
  );
});

test('a loop inside a loop has its bar on the line below, and clears it', () => {
  assert.equal(
    written(`
for i in trange(1, file=out, desc="o"):
    for j in trange(2, file=out, desc="i", leave=False):
        tick(0.3)
`),
    [
      '\ro:   0%|          | 0/1 [00:00<?, ?it/s]',
      '\n\ri:   0%|          | 0/2 [00:00<?, ?it/s]\x1b[A',
      '\n\ri:  50%|█████     | 1/2 [00:00<00:00,  3.33it/s]\x1b[A',
      '\n\ri: 100%|██████████| 2/2 [00:00<00:00,  3.33it/s]\x1b[A',
      '\n\r                                                \x1b[A',
      '\ro: 100%|██████████| 1/1 [00:00<00:00,  1.67it/s]',
      '\ro: 100%|██████████| 1/1 [00:00<00:00,  1.67it/s]\n',
    ].join(''),
  );
});

test('a bar is updated by hand, with values behind it', () => {
  assert.equal(
    written(`
with tqdm(total=20, file=out, unit="batch", ascii=True) as bar:
    tick(0.5)
    bar.update(10)
    bar.set_postfix(loss=1 / 3, acc=1, name="x")
    bar.set_description("end")
`),
    [
      '\r  0%|          | 0/20 [00:00<?, ?batch/s]',
      '\r 50%|#####     | 10/20 [00:00<00:00, 20.00batch/s]',
      '\r 50%|#####     | 10/20 [00:00<00:00, 20.00batch/s, acc=1, loss=0.333, name=x]',
      '\rend:  50%|#####     | 10/20 [00:00<00:00, 20.00batch/s, acc=1, loss=0.333, name=x]',
      '\rend:  50%|#####     | 10/20 [00:00<00:00, 20.00batch/s, acc=1, loss=0.333, name=x]\n',
    ].join(''),
  );
});

test('without a length it counts, and tqdm.write prints above it', () => {
  assert.equal(
    written(`
for i in tqdm((i for i in range(2)), file=out):
    tick(0.4)
    tqdm.write(f"at {i}", file=out)
`),
    [
      '\r0it [00:00, ?it/s]\r                  \rat 0\n\r0it [00:00, ?it/s]\r1it [00:00,  2.50it/s]',
      '\r                      \rat 1\n\r1it [00:00,  2.50it/s]\r2it [00:00,  2.50it/s]\r2it [00:00,  2.50it/s]\n',
    ].join(''),
  );
});

test('format_meter arranges a bar as it is asked to', () => {
  const lines = JSON.parse(
    python.run(`
import json
from tqdm.auto import tqdm
json.dumps([
    tqdm.format_meter(20, 100, 12.3, ncols=80, unit="B", unit_scale=True, prefix="x", postfix="a=1"),
    tqdm.format_meter(231, 1000, 392),
    tqdm.format_meter(100000, 1000, 13),
    tqdm.format_meter(1, 4, 1, bar_format="{l_bar}{bar:4}| {n_fmt} of {total_fmt} {elapsed}"),
    tqdm.format_meter(0, None, 0),
    tqdm.format_num(0.00001234), tqdm.format_sizeof(123456), tqdm.format_interval(123456),
])`),
  );
  assert.deepEqual(lines, [
    'x:  20%|██████▊                           | 20.0/100 [00:12<00:49, 1.63B/s, a=1]',
    ' 23%|██▎       | 231/1000 [06:32<21:44,  1.70s/it]',
    '100000it [00:13, 7692.31it/s]',
    ' 25%|█   | 1 of 4 00:01',
    '0it [00:00, ?it/s]',
    '1.23e-5',
    '123k',
    '34:17:36',
  ]);
});

test('a bar that is disabled writes nothing, also where there is no terminal', () => {
  assert.equal(
    written(`
for option in (True, None):
    for i in tqdm(range(3), file=out, disable=option): tick(1)
`),
    '',
  );
});

test('an argument that tqdm has not is refused', () => {
  assert.equal(
    python.run(`
from tqdm import tqdm
message = ""
try:
    tqdm([], colr="red")
except KeyError as error:
    message = f"{type(error).__name__}: {error}"
message`),
    `TqdmKeyError: "Unknown argument(s): {'colr': 'red'}"`,
  );
});

test('a fast loop hardly pays for its bar', () => {
  const share = python.run(`
import io, time
from tqdm import tqdm
def seconds(items):
    began = time.perf_counter()
    for _ in items: pass
    return time.perf_counter() - began
plain = min(seconds(range(100_000)) for _ in range(3))
bar = min(seconds(tqdm(range(100_000), file=io.StringIO())) for _ in range(3))
(bar - plain) / 100_000 * 1e9
`);
  assert.ok(share < 5000, `${share} ns a step`);
});
