/** The worker of JavaScript panels: the engine with the package `unroll`, and the programs one after another. No Python. */

import { engine } from '../../../wasm-bindings/js/torch/core';
import { OutputSink } from '../output';
import type { FromWorker, ToWorker } from '../protocol';
import { hideStorage } from '../snapshot-store';
import { Runner } from './runner';
import { start } from './start';

// A program can replace what it reaches by name.
const send = self.postMessage.bind(self);
const post = (message: FromWorker) => send(message);
let runner: Runner | undefined;

async function onStart(request: Extract<ToWorker, { type: 'start' }>): Promise<void> {
  try {
    const keepsake = await start(request, (progress) => post({ type: 'progress', progress }));
    hideStorage();
    runner = new Runner(request.mailbox && new Uint8Array(request.mailbox));
    post({ type: 'ready', keepsake, packages: null, waits: true });
  } catch (error) {
    post({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

async function onRun({ id, ...program }: Extract<ToWorker, { type: 'run' }>): Promise<void> {
  if (!runner) return;
  // A fault inside the engine has ended it; another worker has another one.
  if (engine().isBroken) {
    post({ type: 'needs', id, needs: [] });
    return;
  }
  const sink = new OutputSink((parts) => post({ type: 'output', id, parts }));
  try {
    const outcome = await runner.run(program, sink, (prompt) => post({ type: 'input', id, prompt }));
    post({ type: 'done', id, outcome });
  } catch (error) {
    post({ type: 'crashed', id, message: String(error) });
  }
}

// A worker that is gone would keep the next program waiting for ever.
self.close = () => {};

function hear({ data }: MessageEvent<ToWorker>): void {
  if (data.type === 'start') {
    // From here on where a program does not change it.
    self.onmessage = null;
    self.addEventListener('message', hear);
    void onStart(data);
  } else if (data.type === 'run') void onRun(data);
  else if (data.type === 'interrupt') runner?.interrupt();
  else if (data.type === 'line') runner?.answer(data.text);
  else if (data.type === 'ask') post({ type: 'answer', id: data.id, answer: runner?.ask(data.question) ?? null });
}

self.onmessage = hear;
