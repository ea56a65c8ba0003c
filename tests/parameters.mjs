/**
 * Parameters of our Python packages that no line reads: each has to be read, refused by name, or harmless. node tests/parameters.mjs prints
 * them; npm run lint refuses more than parameters.json says, whose numbers npm run lint -- --fix lowers.
 */
import { fileURLToPath } from 'node:url';
import { main } from '../wasm-bindings/setup/steps.mjs';
import { aboveFloors, packageNames, sourcesOf } from './floors.mjs';
import { pythonFunction } from './python-reader.mjs';

/** What changes no result here, whatever is asked for: hints about speed and memory, and what has one possible value. */
const harmless = new Set(
  'memory_format non_blocking pin_memory pin_memory_device layout foreach fused capturable'.split(' '),
);

async function unreadByPackage() {
  const unread = await pythonFunction('tests/parameters.py', 'unread_parameters');
  const isHarmful = ([, place]) => !harmless.has(/\((.*)\)$/.exec(place)[1]);
  const places = (name) => unread(sourcesOf(name)).toJs().filter(isHarmful);
  return Object.fromEntries(packageNames().map((name) => [name, places(name).map((pair) => pair.join(': '))]));
}

/** Complaints about packages that have more unread parameters than they may. */
export async function unreadParameters(fix) {
  return aboveFloors('tests/parameters.json', await unreadByPackage(), 'parameters are read by no line', fix);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => {
    for (const [name, places] of Object.entries(await unreadByPackage())) {
      console.log(`${name}: ${places.length} parameters are read by no line`);
      for (const place of places) console.log(`  ${place}`);
    }
  });
}
