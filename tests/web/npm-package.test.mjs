// The npm package as its users have it: packed, installed into an empty project, bundled, typed, without a bundler, in Node.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build, createServer } from 'vite';
import { serve } from '../../wasm-bindings/setup/serve.mjs';
import { newPage } from './browser.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);
const project = mkdtempSync(join(tmpdir(), 'unroll-npm-'));
after(() => rmSync(project, { recursive: true, force: true }));

/** Trains a GRU and says how the loss went; the same in every place. */
const training = `torch.manualSeed(0);
const x = torch.arange(120).reshape(12, 10, 1).div(7).sin();
const y = x.sum(1);
const gru = new torch.nn.GRU(1, 8, { batchFirst: true });
const head = new torch.nn.Linear(8, 1);
const optimizer = new torch.optim.Adam([...gru.parameters(), ...head.parameters()], { lr: 0.02 });
const losses = [];
for (let step = 0; step < 40; ++step) {
  losses.push(torch.scope(() => {
    const [output] = gru(x);
    const loss = torch.nn.functional.mseLoss(head(output.at(':', -1)), y);
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    return loss.item();
  }));
}
const result = { first: losses[0], last: losses.at(-1), model: String(gru) };`;

const put = (name, text) => writeFileSync(join(project, name), text);

const packed = await run('npm', ['pack', join(root, 'build/npm'), '--pack-destination', project, '--silent'], {
  cwd: project,
});
put('package.json', '{ "name": "page", "version": "1.0.0", "type": "module", "private": true }');
await run('npm', ['install', '--offline', '--no-audit', '--no-fund', `./${packed.stdout.trim()}`], { cwd: project });
put(
  'index.html',
  '<!doctype html><title>Page</title><link rel="icon" href="data:,"><script type="module" src="./main.js"></script>',
);
put('main.js', `import * as torch from 'unroll';\n${training}\nwindow.result = result;`);

function check({ first, last, model }) {
  assert.ok(last < first / 2, `the loss went from ${first} to ${last}`);
  assert.equal(model, 'GRU(1, 8, batch_first=True)');
}

/** Opens a page of a server, waits for its result, and checks it and that no other host was asked. */
async function trainAt(url, path = '') {
  const page = await newPage();
  const problems = [];
  const hosts = new Set();
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('requestfailed', (request) => problems.push(`${request.url()} ${request.failure()?.errorText}`));
  page.on('request', (request) => hosts.add(new URL(request.url()).host));
  await page.goto(url + path);
  try {
    await page.waitForFunction(() => window.result, { timeout: 60_000 });
  } catch {
    assert.fail(`no result: ${problems.join('\n')}`);
  }
  check(await page.evaluate(() => window.result));
  assert.deepEqual([...hosts].filter(Boolean), [new URL(url).host]);
  assert.deepEqual(problems, []);
}

test('an empty Vite project with the tarball builds, and its page trains a GRU in Chromium', async () => {
  const outDir = join(project, 'dist');
  await build({ root: project, base: './', configFile: false, logLevel: 'error', build: { outDir } });
  const server = await serve(outDir);
  await trainAt(server.url, '/');
  await server.close();
});

test('the development server of Vite serves it as it is', async () => {
  const server = await createServer({
    root: project,
    configFile: false,
    logLevel: 'error',
    server: { port: 0, host: '127.0.0.1' },
  });
  await server.listen();
  await trainAt(`http://127.0.0.1:${server.httpServer.address().port}`, '/');
  await server.close();
});

test('a plain HTML page without a bundler trains a GRU in Chromium', async () => {
  put(
    'plain.html',
    `<!doctype html><title>Page</title><link rel="icon" href="data:,"><script type="module">
import * as torch from './node_modules/unroll/unroll.js';
${training}
window.result = result;
</script>`,
  );
  const server = await serve(project);
  await trainAt(server.url, '/plain.html');
  await server.close();
});

test('Node runs it', async () => {
  put(
    'node.mjs',
    `import * as torch from 'unroll';\nimport { log } from 'unroll/page';\n${training}\nlog({ loss: 1 });\nconsole.log(JSON.stringify(result));`,
  );
  const { stdout } = await run(process.execPath, ['node.mjs'], { cwd: project });
  const [first, second] = stdout.trim().split('\n');
  assert.equal(first, 'loss 1');
  check(JSON.parse(second));
});

test('TypeScript knows functions, methods, options and layers, and refuses what is wrong', async () => {
  put(
    'typed.ts',
    `import * as torch from 'unroll';
import { log, readText } from 'unroll/page';
const { nn } = torch;
const x: torch.Tensor = torch.randn(2, 3, { requiresGrad: true });
const total: number = x.softmax({ dim: 1 }).sum(0, { keepdim: true }).mean().item();
const { values, indices } = torch.max(x, 1);
const [output, [h, c]] = new nn.LSTM(3, 4, { bidirectional: true, numLayers: 2 })(x);
class Model extends nn.Module<[torch.Tensor], torch.Tensor> {
  layer = new nn.Linear(3, 1);
  override forward(input: torch.Tensor): torch.Tensor {
    return this.layer(input).relu();
  }
}
const model = new Model();
const y: torch.Tensor = model(x);
const optimizer = new torch.optim.AdamW(model.parameters(), { lr: 0.1, betas: [0.9, 0.99] });
const loss: torch.Tensor = nn.functional.crossEntropy(y, indices, { reduction: 'sum', labelSmoothing: 0.1 });
const kept: number[] = torch.scope(() => [loss.item(), total]);
const bytes: Uint8Array = torch.save(model.stateDict());
const first: number = x.toTypedArray()[0];
log({ loss: kept[0] });
export { bytes, c, first, h, optimizer, output, readText, values };
// @ts-expect-error a dim is a number
x.softmax({ dim: '1' });
// @ts-expect-error no such option
new nn.GRU(1, 2, { layers: 3 });
// @ts-expect-error text is no tensor
torch.tanh('x');
// @ts-expect-error no such reduction
nn.functional.mseLoss(x, x, { reduction: 'avg' });
`,
  );
  for (const resolution of ['bundler', 'nodenext']) await compile(['typed.ts'], resolution);
});

/** Compiles files of the project as a strict project of their own would. */
async function compile(files, resolution = 'bundler', lib = 'es2022,dom') {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const options = ['--noEmit', '--strict', '--target', 'es2022', '--lib', lib, '--types', ''];
  const modules = ['--module', resolution === 'bundler' ? 'esnext' : resolution, '--moduleResolution', resolution];
  await run(process.execPath, [compiler, ...options, ...modules, ...files], { cwd: project }).catch((error) =>
    assert.fail(`${resolution}: ${error.stdout}`),
  );
}

test('the programs of the docs are TypeScript as well, with the class that the docs give for it', async () => {
  const docs = readFileSync(join(root, 'docs/javascript.md'), 'utf8');
  const [typed] = [...docs.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);
  const name = /^class \w+/.exec(typed)[0];
  const programs = [...docs.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code]) => code);
  assert.ok(programs.length >= 5 && programs.some((code) => code.includes(name)));
  const files = programs.map((code, i) => {
    put(`docs-${i}.ts`, code.replace(new RegExp(`^${name}[\\s\\S]*?^}\\n`, 'm'), typed));
    return `docs-${i}.ts`;
  });
  // `using` needs the types of Disposable.
  await compile(files, 'bundler', 'esnext,dom');
});

test('the package holds what it needs and no more', async () => {
  const { stdout } = await run('npm', ['pack', join(root, 'build/npm'), '--dry-run', '--json'], { cwd: project });
  const [{ files, size }] = JSON.parse(stdout);
  const names = files.map(({ path }) => path).filter((path) => !path.startsWith('types/'));
  assert.deepEqual(names.sort(), [
    'LICENSE',
    'README.md',
    'package.json',
    'page.js',
    'unroll-relaxed.wasm',
    'unroll-simd.wasm',
    'unroll.js',
  ]);
  assert.ok(size < 2_500_000, `${size} bytes`);
});
