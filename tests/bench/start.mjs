// The first second: bytes over the wire and time to the first printed line, on a first visit (fresh profile, empty cache) and on later
// ones, and how fast training is while V8 still optimises. `node tests/bench/start.mjs` prints what the functions give.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '../../wasm-bindings/setup/serve.mjs';
import { median } from '../../web/bench/figures.mjs';
import { openBrowser } from '../web/chromium.mjs';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));

/** What a learner's first program might be. */
const firstProgram = `import torch
import torch.nn as nn

lstm = nn.LSTM(8, 16, batch_first=True)
output, (hidden, cell) = lstm(torch.randn(4, 10, 8))
print(output.shape)
`;

/** Trains M (Embedding 65×64, LSTM 64→128, Linear 65, batch 32 × 64 steps) from the first step on; prints the end of each step in seconds. */
const trainingProgram = `import time
import torch
import torch.nn as nn

class LanguageModel(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(65, 64)
        self.rnn = nn.LSTM(64, 128, batch_first=True)
        self.fc = nn.Linear(128, 65)

    def forward(self, x):
        output, _ = self.rnn(self.embedding(x))
        return self.fc(output).reshape(-1, 65)

model, criterion = LanguageModel(), nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters())
x, target = torch.randint(0, 65, (32, 64)), torch.randint(0, 65, (32 * 64,))
ends, began = [], time.perf_counter()
while not ends or ends[-1] < SECONDS:
    optimizer.zero_grad()
    loss = criterion(model(x), target)
    loss.backward()
    optimizer.step()
    loss.item()
    ends.append(time.perf_counter() - began)
print(*ends)
`;

/** A page that runs its program at once, and keeps when the first line came and how the run ended. */
const lesson = (code) => `<!doctype html><html lang="en"><head><title>Lesson</title><link rel="icon" href="data:,">
  <script type="module">
    import './unroll.js';
    const panel = document.querySelector('unroll-panel');
    panel.addEventListener('unroll-output', () => { window.firstLine ??= performance.now(); });
    window.result = panel.run();
  </script></head><body><unroll-panel><pre>\n${code}</pre></unroll-panel></body></html>`;

/** dist/ on a server of its own with the pages of the measurements, and what it has sent. */
async function serveLessons(trainingSeconds) {
  const folder = mkdtempSync(join(tmpdir(), 'unroll-start-'));
  cpSync(dist, folder, { recursive: true, preserveTimestamps: true });
  writeFileSync(join(folder, 'first.html'), lesson(firstProgram));
  writeFileSync(join(folder, 'training.html'), lesson(trainingProgram.replace('SECONDS', String(trainingSeconds))));
  const sent = new Map();
  const { url, close } = await serve(folder, {
    onSent: (path, bytes) => sent.set(path.slice(1), (sent.get(path.slice(1)) ?? 0) + bytes),
  });
  return {
    url,
    sent,
    close: async () => {
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Opens a page and gives back milliseconds from its navigation to the first printed line, and the whole output. */
async function visit(browser, url) {
  const page = await browser.newPage();
  await page.goto(url);
  const { status, stdout, stderr, firstLine } = await page.evaluate(async () => {
    const result = await window.result;
    return { ...result, figures: [], firstLine: window.firstLine };
  });
  if (status !== 'ok') throw new Error(`the program ended with ${status}: ${stderr}`);
  return { page, firstLine, stdout };
}

const isPython = (path) => /\/(pyodide|python|torch)-/.test(path);

/** Sums of what was sent: before Python (engine and panel), and in all. */
function bytesOf(sent) {
  const total = (keep) => [...sent].reduce((sum, [path, bytes]) => sum + (keep(path) ? bytes : 0), 0);
  return { beforePython: total((path) => !isPython(path)), all: total(() => true), files: Object.fromEntries(sent) };
}

/**
 * First visits and later ones.
 * @param {{visits?: number, returns?: number}} [options] fresh profiles, and later visits in each
 * @returns {Promise<{bytes: {beforePython: number, all: number, files: Record<string, number>}, warmBytes: number, cold: number,
 *   warm: number, colds: number[], warms: number[]}>} bytes of bodies as sent (Brotli); seconds from navigation to the first printed line, medians
 */
export async function measureStart({ visits = 3, returns = 3 } = {}) {
  const colds = [];
  const warms = [];
  let bytes;
  let warmBytes = 0;
  for (let i = 0; i < visits; ++i) {
    const server = await serveLessons(0);
    const { browser, close } = await openBrowser();
    try {
      const first = await visit(browser, `${server.url}/first.html`);
      colds.push(first.firstLine / 1000);
      // The reader looks at the result: time for the browser to store what it keeps, and to load what comes late.
      await new Promise((done) => setTimeout(done, 4000));
      bytes = bytesOf(server.sent);
      await first.page.close();
      for (let j = 0; j < returns; ++j) {
        server.sent.clear();
        const later = await visit(browser, `${server.url}/first.html`);
        warms.push(later.firstLine / 1000);
        await new Promise((done) => setTimeout(done, 500));
        warmBytes = bytesOf(server.sent).all;
        await later.page.close();
      }
    } finally {
      await close();
      await server.close();
    }
  }
  return { bytes, warmBytes, cold: median(colds), warm: median(warms), colds, warms };
}

/**
 * Steps a second of training M in a page of a fresh profile: in its first 2 seconds, and after 10.
 * @param {{visits?: number}} [options]
 * @returns {Promise<{cold: number, warm: number, ratio: number, ratios: number[]}>} medians
 */
export async function measureColdTraining({ visits = 3 } = {}) {
  const runs = [];
  for (let i = 0; i < visits; ++i) {
    const server = await serveLessons(14);
    const { browser, close } = await openBrowser();
    try {
      const { stdout } = await visit(browser, `${server.url}/training.html`);
      const ends = stdout.trim().split(' ').map(Number);
      const cold = ends.filter((end) => end <= 2).length / 2;
      const warm = ends.filter((end) => end > 10).length / (ends.at(-1) - ends.findLast((end) => end <= 10));
      runs.push({ cold, warm, ratio: cold / warm });
    } finally {
      await close();
      await server.close();
    }
  }
  const of = (name) => median(runs.map((run) => run[name]));
  return { cold: of('cold'), warm: of('warm'), ratio: of('ratio'), ratios: runs.map((run) => run.ratio) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const visits = Number(process.env.VISITS ?? 3);
  const { bytes, warmBytes, ...times } = await measureStart({ visits });
  console.log(Object.entries(bytes.files).sort((a, b) => b[1] - a[1]));
  console.log(`before Python ${bytes.beforePython} B, in all ${bytes.all} B, later visits ${warmBytes} B`);
  console.log(times);
  console.log(await measureColdTraining({ visits }));
}
