/**
 * npm test: sets up and builds what the suites need, runs them, and ends with "N passed, N failed".
 * npm test -- python lint runs only the suites whose name contains one of the words; further words choose in them (choose.mjs):
 * npm test -- web tabs "closes a tab", npm test -- core "[rnn]". With --watch they run again after each change.
 */
import { join } from 'node:path';
import { ensureBrowsers } from '../wasm-bindings/setup/browsers.mjs';
import { build } from '../wasm-bindings/setup/build.mjs';
import { compile } from '../wasm-bindings/setup/compile.mjs';
import { withLock } from '../wasm-bindings/setup/lock.mjs';
import { root } from '../wasm-bindings/setup/places.mjs';
import { explain, formatSeconds } from '../wasm-bindings/setup/steps.mjs';
import { findToolchain } from '../wasm-bindings/setup/toolchain.mjs';
import { choose } from './choose.mjs';
import { suites } from './suites.mjs';
import { afterEachChange } from './watch.mjs';

const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const { chosen, selection } = choose(suites, words);

/** What suites need, each made once a round; a failure is explained once and fails every suite that needs it. */
const provided = new Map();
function provide(need, make) {
  if (!provided.has(need)) {
    const promise = make();
    promise.catch(explain);
    provided.set(need, promise);
  }
  return provided.get(need);
}

async function prepare({ needs }) {
  const toolchain = await provide('toolchain', findToolchain);
  for (const need of needs) {
    if (need === 'site') await provide(need, build);
    else if (need === 'browsers') Object.assign(toolchain.env, await provide(need, ensureBrowsers));
    else await provide(need, () => withLock(join(root, 'build/lock'), () => compile(toolchain, need, 'unroll_tests')));
  }
  return toolchain;
}

async function runSuite(suite) {
  const started = performance.now();
  console.log(`\n${suite.name}: ${suite.title}`);
  try {
    const toolchain = await prepare(suite);
    const running = performance.now();
    return { ...(await suite.run(toolchain, selection)), ms: performance.now() - running };
  } catch (error) {
    console.log(`✗ ${suite.name} could not run: ${error.message}`);
    return { passed: 0, failed: 1, ms: performance.now() - started };
  }
}

function line({ name, passed, failed, skipped, ms }) {
  return `${failed ? '✗' : '✓'} ${name.padEnd(18)} ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}  (${formatSeconds(ms)})`;
}

async function runChosen() {
  provided.clear();
  const results = [];
  for (const suite of chosen) {
    results.push({ name: suite.name, ...(await runSuite(suite)) });
    console.log(line(results.at(-1)));
  }
  if (results.length === 0)
    console.log(`No suite is called that. There are: ${suites.map(({ name }) => name).join(', ')}`);
  const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
  console.log(`\n${results.map(line).join('\n')}\n`);
  const failed = total('failed') + (results.length === 0 ? 1 : 0);
  process.exitCode = failed > 0 ? 1 : 0;
  console.log(`${total('passed')} passed, ${failed} failed`);
}

await runChosen();
if (process.argv.includes('--watch')) await afterEachChange(runChosen);
