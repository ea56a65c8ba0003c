/**
 * Public names of our Python packages without a docstring. node tests/docstrings.mjs prints how many have one and which have none;
 * npm run lint refuses more without than docstrings.json says, whose numbers npm run lint -- --fix lowers.
 */
import { fileURLToPath } from 'node:url';
import { main } from '../wasm-bindings/setup/steps.mjs';
import { aboveFloors, packageNames, sourcesOf } from './floors.mjs';
import { pythonFunction } from './python-reader.mjs';

/** The public names of each package, with and without a docstring. */
async function namesByPackage() {
  const publicNames = await pythonFunction('tests/docstrings.py', 'public_names');
  const found = {};
  for (const name of packageNames()) {
    const names = publicNames(sourcesOf(name)).toJs();
    const without = names.filter(([, , isTold]) => !isTold).map(([path, member]) => `${path}: ${member}`);
    found[name] = { all: names.length, without };
  }
  return found;
}

/** Complaints about packages that have more public names without a docstring than they may. */
export async function missingDocstrings(fix) {
  const names = Object.entries(await namesByPackage()).map(([name, { without }]) => [name, without]);
  return aboveFloors('tests/docstrings.json', Object.fromEntries(names), 'public names have no docstring', fix);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => {
    for (const [name, { all, without }] of Object.entries(await namesByPackage())) {
      console.log(`${name}: ${all - without.length} of ${all} public names have a docstring`);
      for (const place of without) console.log(`  ${place}`);
    }
  });
}
