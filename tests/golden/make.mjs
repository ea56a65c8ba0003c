// Golden data, which the PyTorch 2.6 that UNROLL_PYTORCH names gives:
//   node tests/golden/make.mjs                     writes all of it
//   node tests/golden/make.mjs rnn                 what one maker writes
//   node tests/golden/make.mjs make_python NAME …  and with arguments of its own
//   node tests/golden/make.mjs check               makes all of it elsewhere, and says where it is not what is here
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../../wasm-bindings/setup/places.mjs';
import { forValues, noPyTorch, pytorch } from '../pytorch.mjs';
import { differences } from './differences.mjs';

const makers = ['make_python', 'make_saved', 'make_names', 'javascript', 'rnn', 'native', 'lessons', 'wave_javascript'];
const written = ['tests/golden/data', 'tests/golden/lessons', 'wasm-bindings/python/torch/_pytorch_names.py'];
/** The last bits of its weights decide over 300 letters drawn one after another. */
const unsteady = 'char_language_model';

function make(place, maker, ...names) {
  console.log(maker);
  if (maker === 'lessons') return makeLessons(place, names);
  execFileSync(pytorch, [join(place, `tests/golden/${maker}.py`), ...names], { env: forValues, stdio: 'inherit' });
}

/** Programs in JavaScript have makers of their own: no PyTorch runs them. */
function makeLessons(place, chosen) {
  const lessons = join(place, 'web/lessons');
  const names = chosen.length > 0 ? chosen : readdirSync(lessons).filter((name) => name !== unsteady);
  for (const name of names.filter((name) => existsSync(join(lessons, name, 'main.py')))) {
    const options = { cwd: join(lessons, name), encoding: 'utf8', env: forValues };
    const printed = execFileSync(pytorch, [join(place, 'tests/golden/run_lesson.py')], options);
    writeFileSync(join(place, `tests/golden/lessons/${name}.txt`), printed);
  }
}

function check() {
  const place = mkdtempSync(join(tmpdir(), 'unroll-golden-'));
  try {
    for (const part of ['tests/golden', 'web/lessons', written[2]]) {
      mkdirSync(dirname(join(place, part)), { recursive: true });
      cpSync(join(root, part), join(place, part), { recursive: true });
    }
    for (const maker of makers) make(place, maker);
    let count = 0;
    for (const name of written.flatMap((part) => filesOf(part))) {
      const [here, made] = [root, place].map((folder) => readFileSync(join(folder, name)));
      const found = differences(name, here, made);
      if (!found) continue;
      count += 1;
      console.log(`${name}: ${found}`);
    }
    console.log(count === 0 ? 'All golden data is what PyTorch gives.' : `${count} files differ.`);
    process.exitCode = count === 0 ? 0 : 1;
  } finally {
    rmSync(place, { recursive: true });
  }
}

function filesOf(part) {
  if (part.endsWith('.py')) return [part];
  return readdirSync(join(root, part), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}

if (noPyTorch) throw new Error(noPyTorch);
const [what, ...names] = process.argv.slice(2);
if (what === 'check') check();
else for (const maker of what ? [what] : makers) make(root, maker, ...names);
