/**
 * npm run lint: Biome, TypeScript, clang-format, Ruff, includes, circles, docstrings, parameters; npm run lint -- --fix writes what it can mend.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../wasm-bindings/setup/places.mjs';
import { installPackages } from '../wasm-bindings/setup/site.mjs';
import { main, output } from '../wasm-bindings/setup/steps.mjs';
import { clangFormat, findToolchain } from '../wasm-bindings/setup/toolchain.mjs';
import { filesIn } from './files.mjs';

const rooms = ['core', 'wasm-bindings', 'web', 'tests', 'docs'];

/**
 * The checks, each a function that returns its complaints: an empty text where there are none.
 * @param {import('../wasm-bindings/setup/toolchain.mjs').Toolchain} toolchain
 * @param {{fix?: boolean}} [options] fix: mend what can be mended instead of complaining about it
 * @returns {Record<string, () => Promise<string>>}
 */
export function lintChecks(toolchain, { fix = false } = {}) {
  return {
    'Biome finds nothing in JavaScript, TypeScript and JSON': () =>
      complaints(
        node(
          '@biomejs/biome/bin/biome',
          'check',
          '--error-on-warnings',
          '--max-diagnostics=100',
          ...(fix ? ['--write'] : []),
        ),
      ),
    'TypeScript finds no error in web': () => complaints(typeScript('tsconfig.json')),
    'The JSDoc types of scripts hold': scriptTypes,
    'C++ is as clang-format writes it': () =>
      complaints([
        clangFormat(toolchain),
        ...(fix ? ['-i'] : ['--dry-run', '-Werror']),
        ...filesEndingIn('.cpp', '.h'),
      ]),
    'Ruff finds nothing in Python': () => ruff(fix),
    'No circle of imports has more than 5 files': () => late('./circles.mjs', 'longCircles'),
    'The map of folders in CONTRIBUTING is the tree': () => late('./map.mjs', 'mapFaults'),
    'No file names what its room may not know of': () => late('./rooms.mjs', 'roomFaults'),
    'No package has more public names without a docstring than before': () =>
      late('./docstrings.mjs', 'missingDocstrings', fix),
    'No package has more parameters that no line reads than before': () =>
      late('./parameters.mjs', 'unreadParameters', fix),
  };
}

const typeScript = (project) => node('typescript/bin/tsc', '--noEmit', '-p', project);

/** Errors in scripts. The sources in TypeScript that they import have a stricter check, and the engine's loader is Emscripten's. */
async function scriptTypes() {
  const found = await complaints(typeScript('tsconfig.scripts.json'));
  const errors = found.split('\n').filter((line) => /^(?!build\/)\S+\.mjs\(\d/.test(line));
  return errors.join('\n');
}

const node = (program, ...args) => [process.execPath, join(root, 'node_modules', program), ...args];

async function complaints(command) {
  try {
    await output(command, { cwd: root });
    return '';
  } catch (error) {
    return error.message;
  }
}

/** Files of the rooms, relative to the checkout. */
const filesEndingIn = (...endings) => filesIn(rooms, endings);

/** What another file finds; imported late, since the packages that it needs may have come with this run. */
async function late(file, name, ...options) {
  try {
    const found = await import(file);
    return await found[name](...options);
  } catch (error) {
    return error.message;
  }
}

/** Ruff's checks and its formatter; Ruff comes as WASM, so ruff.toml is read here. */
async function ruff(fix) {
  const { Workspace, PositionEncoding } = await import('@astral-sh/ruff-wasm-nodejs');
  const { 'extend-exclude': excluded, ...settings } = readToml('ruff.toml');
  const workspace = new Workspace(settings, PositionEncoding.Utf16);
  const found = [];
  for (const path of filesEndingIn('.py').filter((file) => !excluded.some((folder) => file.startsWith(`${folder}/`)))) {
    const text = readFileSync(join(root, path), 'utf8');
    for (const { code, message, start_location: at } of workspace.check(text)) {
      found.push(`${path}:${at.row}:${at.column}: ${code ?? 'syntax'} ${message}`);
    }
    const formatted = format(workspace, text);
    if (formatted === text) continue;
    if (fix) writeFileSync(join(root, path), formatted);
    else found.push(`${path}: not as Ruff formats it (npm run lint -- --fix mends it)`);
  }
  return found.join('\n');
}

/** A file that does not parse is the checker's to report. */
function format(workspace, text) {
  try {
    return workspace.format(text);
  } catch {
    return text;
  }
}

/** The part of TOML that is also JSON: sections, and values on one line. */
function readToml(path) {
  const settings = {};
  let section = settings;
  for (const line of readFileSync(join(root, path), 'utf8').split('\n')) {
    const [, header] = /^\[([\w-]+)\]$/.exec(line) ?? [];
    const [, key, value] = /^([\w-]+) = (.+)$/.exec(line) ?? [];
    if (header) section = settings[header] = {};
    else if (key) section[key] = JSON.parse(value);
  }
  return settings;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => {
    const toolchain = await findToolchain();
    await installPackages();
    const checks = lintChecks(toolchain, { fix: process.argv.includes('--fix') });
    for (const [name, check] of Object.entries(checks)) {
      const found = await check();
      console.log(`${found ? '✗' : '✓'} ${name}`);
      if (found) console.log(found);
      if (found) process.exitCode = 1;
    }
  });
}
