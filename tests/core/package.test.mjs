// The CMake package: installed, found by a project of its own, and what that trains goes to Python and into a panel.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { buildFolder, root } from '../../wasm-bindings/setup/places.mjs';
import { output } from '../../wasm-bindings/setup/steps.mjs';
import { findToolchain } from '../../wasm-bindings/setup/toolchain.mjs';
import { runProgram, startPython } from '../python/pyodide.mjs';
import { onePanel, runCode } from '../web/browser.mjs';

const folder = mkdtempSync(join(tmpdir(), 'unroll-package-'));
after(() => rmSync(folder, { recursive: true }));
const prefix = join(folder, 'prefix');
const project = join(folder, 'project');
const { env, nativeArgs } = await findToolchain();
const libraries = nativeArgs.map((arg) => /^-DCMAKE_PREFIX_PATH=(.*)/.exec(arg)?.[1]).filter(Boolean);
let printed;
let weights;

const docs = readFileSync(join(root, 'docs/cpp.md'), 'utf8');
/** docs/cpp.md shows this program. */
const python = /```python\n(.*?)```/s.exec(docs)[1];

/** Another engine build may round the last digit otherwise. */
function sameAsPrinted(text) {
  const [found, expected] = [text, printed].map((lines) => Number(/next value: (\S+)\s*$/.exec(lines)?.[1]));
  assert.ok(Math.abs(found - expected) < 5e-6, `${text}\n${printed}`);
}

const configure = (build) => {
  const args = ['-G', 'Ninja', '-DCMAKE_BUILD_TYPE=Release', `-DCMAKE_PREFIX_PATH=${[prefix, ...libraries].join(';')}`];
  return output(['cmake', '-S', project, '-B', join(project, build), ...args], { env });
};

before(async () => {
  await output(['cmake', '--install', buildFolder('native'), '--prefix', prefix], { env });
  cpSync(join(root, 'core/example'), project, { recursive: true });
  await configure('build');
  await output(['cmake', '--build', join(project, 'build')], { env });
  printed = await output([join(project, 'build/sine')], { env, cwd: folder });
  weights = readFileSync(join(folder, 'sine.safetensors'));
});

test('a project that finds the installed package trains a GRU to the losses of PyTorch', () => {
  // The same program under real PyTorch 2.6.
  const losses = [0.579027, 0.021579, 0.002199, 0.000134, 0.000122, 0.000086];
  const found = [...printed.matchAll(/loss (\S+)/g)].map(([, loss]) => Number(loss));
  assert.equal(found.length, losses.length, printed);
  for (const [i, loss] of losses.entries()) assert.ok(Math.abs(found[i] - loss) < 5e-6, printed);
});

test('the program has 20 lines at most, and the docs show it as it is', () => {
  const program = readFileSync(join(root, 'core/example/sine.cpp'), 'utf8');
  assert.ok(program.trimEnd().split('\n').length <= 20);
  assert.ok(docs.includes(`\`\`\`cpp\n${program}\`\`\``));
});

test('a project that finds the installed package shares memory between tensors and xtensor arrays', async () => {
  const text = await output([join(project, 'build/arrays')], { env, cwd: folder });
  // 2 sin t − mean, as NumPy has it.
  assert.equal(text, 'mean 0.1792, largest 1.8202\n');
  const program = readFileSync(join(root, 'core/example/arrays.cpp'), 'utf8');
  assert.ok(docs.includes(`\`\`\`cpp\n${program}\`\`\``));
});

test('Python loads the weights by the names of its state_dict and computes the same', async () => {
  const started = await startPython();
  started.pyodide.FS.writeFile('sine.safetensors', weights);
  sameAsPrinted(runProgram(started, python));
});

test('JavaScript loads them too', async () => {
  const torch = await import('../../build/npm/unroll.js');
  class Forecaster extends torch.nn.Module {
    gru = new torch.nn.GRU(1, 16, { batchFirst: true });
    head = new torch.nn.Linear(16, 1);
    forward(x) {
      return this.head(this.gru(x)[0]);
    }
  }
  const model = new Forecaster();
  model.loadStateDict(torch.load(new Uint8Array(weights)));
  const wave = torch.arange(0, 10, 0.1).sin().reshape(1, 100, 1);
  sameAsPrinted(`next value: ${model(wave).at(0, -1).item()}`);
});

test('a panel that is given the file loads it too', async () => {
  const { page } = await onePanel();
  await page.evaluate(
    (bytes) => {
      document.querySelector('unroll-panel').files = { 'sine.safetensors': new Uint8Array(bytes) };
    },
    [...weights],
  );
  const { stdout, stderr } = await runCode(page, python);
  assert.equal(stderr, '');
  sameAsPrinted(stdout);
});

test('a project that asks for another minor version is told which one is there', async () => {
  const cmake = join(project, 'CMakeLists.txt');
  writeFileSync(cmake, readFileSync(cmake, 'utf8').replace('unroll 0.1', 'unroll 0.2'));
  await assert.rejects(configure('other'), /requested version "0\.2"[\s\S]*version: 0\.1\.0/);
});
