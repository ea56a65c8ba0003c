/** The suites of npm test: what each needs built, and how it is run and counted. */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildFolder, root } from '../wasm-bindings/setup/places.mjs';
import { output } from '../wasm-bindings/setup/steps.mjs';
import { catch2Arguments, chooseFiles, titleArguments } from './choose.mjs';
import { lintChecks } from './lint.mjs';

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} [skipped]
 *
 * @typedef {object} Suite
 * @property {string} name what npm test -- <name> picks
 * @property {string} title
 * @property {string[]} needs presets whose tests are compiled, 'site', 'browsers'
 * @property {(toolchain: import('../wasm-bindings/setup/toolchain.mjs').Toolchain, selection: import('./choose.mjs').Selection) => Promise<Counts>} run
 */

/** @type {Suite[]} */
export const suites = [
  catch2('core-native', 'Catch2, native', 'native', 10),
  catch2('core-asan', 'Catch2 under ASan and UBSan', 'native-asan', 40),
  catch2('core-wasm-simd', 'Catch2 as WASM with SIMD', 'wasm-simd', 20),
  catch2('core-wasm-relaxed', 'Catch2 as WASM with relaxed SIMD', 'wasm-relaxed', 20),
  nodeTests('core-package', 'the CMake package in a project of its own', ['native', 'site', 'browsers'], 15, 'core'),
  nodeTests('bindings', 'JavaScript bindings', ['site'], 15),
  nodeTests('python', 'the torch package in Pyodide', ['site'], 30),
  nodeTests('web', 'the page in Chromium, some of it in Firefox and WebKitGTK too', ['site', 'browsers'], 60),
  {
    name: 'lint',
    title: 'Biome, TypeScript, clang-format, Ruff, circles of imports, docstrings, parameters',
    needs: ['site'],
    run: lint,
  },
];

/** The Catch2 program of a preset, natively or in Node. */
function catch2(name, title, preset, minutes) {
  const run = async (toolchain, selection) => {
    const program = join(buildFolder(preset), 'tests/core/unroll_tests');
    const wasm = preset.startsWith('wasm');
    const command = wasm ? [process.execPath, ...(await relaxedFlag()), `${program}.js`] : [program];
    const summary = countsFile(name);
    const args = [
      ...catch2Arguments(selection),
      '--colour-mode',
      'none',
      '--reporter',
      'console',
      '--reporter',
      `xml::out=${summary}`,
    ];
    const env = { ...toolchain.env, UBSAN_OPTIONS: 'print_stacktrace=1' };
    const { code, text } = await runProgram([...command, ...args], { env, minutes });
    const counts = readCatch2(summary);
    return judge(counts, code, text, true);
  };
  return { name, title, needs: [preset], run };
}

/** The *.test.mjs files of a folder of tests/. */
function nodeTests(name, title, needs, minutes, folder = name) {
  const run = async (toolchain, selection) => {
    const { files, titles } = chooseFiles(testFiles(folder), selection);
    if (files.length === 0) return judge(undefined, 1, `tests/${folder} has no *.test.mjs`, true);
    const summary = countsFile(name);
    const args = [
      ...(await relaxedFlag()),
      '--test',
      '--test-concurrency=1',
      '--test-reporter=./tests/count-reporter.mjs',
      ...titleArguments(titles),
      ...files,
    ];
    const env = { ...toolchain.env, UNROLL_COUNTS: summary, UNROLL_TITLES: titles.length > 0 ? '1' : '0' };
    const { code, text } = await runProgram([process.execPath, ...args], { env, minutes, live: true });
    return judge(readJson(summary), code, text, false);
  };
  return { name, title, needs, run };
}

function testFiles(folder) {
  try {
    const names = readdirSync(join(root, 'tests', folder), { recursive: true, encoding: 'utf8' });
    return names
      .filter((name) => name.endsWith('.test.mjs'))
      .map((name) => `tests/${folder}/${name}`)
      .sort();
  } catch {
    return [];
  }
}

async function lint(toolchain) {
  const counts = { passed: 0, failed: 0 };
  for (const [name, check] of Object.entries(lintChecks(toolchain))) {
    const found = await check();
    counts[found ? 'failed' : 'passed']++;
    if (found) console.log(`✗ ${name}\n${found}`);
  }
  return counts;
}

/** A suite that ended badly has failed at least once, whatever it counted; so has one that ran nothing. */
function judge(counts, code, text, show) {
  const sound = counts && counts.passed + counts.failed > 0 && (code === 0 || counts.failed > 0);
  if (show && (!sound || counts.failed > 0)) console.log(shorten(text));
  if (sound) return counts;
  const why = typeof code === 'string' ? code : code === 0 ? 'it ran no tests' : `it ended with code ${code}`;
  console.log(`✗ the suite itself failed: ${why}`);
  return { passed: counts?.passed ?? 0, failed: (counts?.failed ?? 0) + 1, skipped: counts?.skipped };
}

/** The end of a long output, without the middle of long lines (generated JavaScript is one line). */
function shorten(text) {
  const lines = text.trimEnd().split('\n').slice(-400);
  return lines.map((line) => (line.length > 400 ? `${line.slice(0, 300)} … ${line.slice(-60)}` : line)).join('\n');
}

/** Runs a program in the checkout; what is left of it after its time is ended with all that it started. */
/** @param {string[]} command @param {{env: NodeJS.ProcessEnv, minutes: number, live?: boolean}} options */
function runProgram([program, ...args], { env, minutes, live = false }) {
  const child = spawn(program, args, { cwd: root, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      text += data;
      if (live) process.stdout.write(data);
    });
  }
  const end = () => {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // Already gone.
    }
  };
  process.once('exit', end);
  return new Promise((done) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      end();
    }, minutes * 60_000);
    const finish = (code) => {
      clearTimeout(timer);
      process.off('exit', end);
      done({ code: late ? `it took longer than ${minutes} minutes` : code, text });
    };
    child.on('error', (error) => finish(error.message));
    child.on('close', (code, signal) => finish(signal ?? code));
  });
}

function countsFile(name) {
  const folder = join(root, 'build/test-results');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  rmSync(path, { force: true });
  return path;
}

function readCatch2(path) {
  try {
    const totals =
      /<OverallResultsCases successes="(\d+)" failures="(\d+)"(?: expectedFailures="(\d+)")?(?: skips="(\d+)")?/.exec(
        readFileSync(path, 'utf8'),
      );
    const [passed, failed, expected, skipped] = totals.slice(1).map((value) => Number(value ?? 0));
    return { passed: passed + expected, failed, skipped };
  } catch {
    return undefined;
  }
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Node 20 has relaxed SIMD behind a flag; later versions have it without and refuse the flag. */
async function relaxedFlag() {
  const flag = '--experimental-wasm-relaxed-simd';
  try {
    await output([process.execPath, flag, '-e', '0']);
    return [flag];
  } catch {
    return [];
  }
}
