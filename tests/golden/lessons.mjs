// Writes what real PyTorch prints for the lessons' programs to tests/golden/lessons/<name>.txt:
//   node tests/golden/lessons.mjs [command that runs a script under PyTorch 2.6]
// Plots and curves print nothing, so silent stand-ins take the places of matplotlib and TensorBoard, which that Python may lack.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const pytorch = process.argv[2] ?? '/work/shared/tools/pytorch';
const lessons = fileURLToPath(new URL('../../web/lessons', import.meta.url));
const golden = fileURLToPath(new URL('lessons', import.meta.url));

const runner = join(mkdtempSync(join(tmpdir(), 'unroll-lessons-')), 'run.py');
writeFileSync(
  runner,
  `import sys
from unittest.mock import MagicMock

import torch

torch.set_num_threads(1)
pyplot = MagicMock()
pyplot.subplots.return_value = (MagicMock(), (MagicMock(), MagicMock()))
sys.modules["matplotlib"] = MagicMock(pyplot=pyplot)
sys.modules["matplotlib.pyplot"] = pyplot
sys.modules["torch.utils.tensorboard"] = MagicMock()
exec(compile(open("main.py").read(), "main.py", "exec"), {"__name__": "__main__"})
`,
);

// wave_javascript.txt is what the same program in Python prints there.
/** The last bits of its weights decide over 300 letters drawn one after another. */
const left = new Set(['char_language_model']);

for (const name of readdirSync(lessons)) {
  if (left.has(name) || !readdirSync(join(lessons, name)).includes('main.py')) continue;
  const printed = execFileSync(pytorch, [runner], { encoding: 'utf8', cwd: join(lessons, name) });
  writeFileSync(join(golden, `${name}.txt`), printed);
  console.log(`${name}\n${readFileSync(join(golden, `${name}.txt`), 'utf8')}`);
}
