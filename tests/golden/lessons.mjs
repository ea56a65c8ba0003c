// Writes what real PyTorch prints for the lessons' programs to tests/golden/lessons/<name>.txt:
//   node tests/golden/lessons.mjs [command that runs a script under PyTorch 2.6]
// The programs draw random numbers without a seed, but print nothing that depends on them.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const pytorch = process.argv[2] ?? '/work/shared/tools/pytorch';
const root = fileURLToPath(new URL('../..', import.meta.url));

for (const name of ['lstm_classifier', 'gru_classifier', 'bidirectional']) {
  const printed = execFileSync(pytorch, [`${root}/web/lessons/${name}/main.py`], { encoding: 'utf8' });
  writeFileSync(`${root}/tests/golden/lessons/${name}.txt`, printed);
}
