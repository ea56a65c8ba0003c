/**
 * Public names of our Python packages without a docstring. node tests/docstrings.mjs prints how many have one and which have none;
 * npm run lint refuses more without than docstrings.json says, whose numbers npm run lint -- --fix lowers.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../wasm-bindings/setup/places.mjs';
import { main } from '../wasm-bindings/setup/steps.mjs';
import { filesIn } from './files.mjs';
import { pythonFunction } from './python-reader.mjs';

const packages = 'wasm-bindings/python';
const floors = join(root, 'tests/docstrings.json');

/** The public names of each package, with and without a docstring. */
async function namesByPackage() {
  const publicNames = await pythonFunction('tests/docstrings.py', 'public_names');
  const found = {};
  for (const name of readdirSync(join(root, packages)).sort()) {
    const paths = filesIn([`${packages}/${name}`], ['.py']);
    const sources = new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
    const names = publicNames(sources).toJs();
    const without = names.filter(([, , isTold]) => !isTold).map(([path, member]) => `${path}: ${member}`);
    found[name] = { all: names.length, without };
  }
  return found;
}

/**
 * Complaints about packages that have more public names without a docstring than they may.
 * @param {boolean} fix lowers what a package may have to what it has
 */
export async function missingDocstrings(fix) {
  const allowed = JSON.parse(readFileSync(floors, 'utf8'));
  const complaints = [];
  for (const [name, { without }] of Object.entries(await namesByPackage())) {
    const most = allowed[name] ?? 0;
    if (without.length > most)
      complaints.push(`${name}: ${without.length} public names have no docstring, ${most} may. They are:`, ...without);
    else allowed[name] = without.length;
  }
  if (fix) writeFileSync(floors, `${JSON.stringify(allowed, null, 2)}\n`);
  return complaints.join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => {
    for (const [name, { all, without }] of Object.entries(await namesByPackage())) {
      console.log(`${name}: ${all - without.length} of ${all} public names have a docstring`);
      for (const place of without) console.log(`  ${place}`);
    }
  });
}
