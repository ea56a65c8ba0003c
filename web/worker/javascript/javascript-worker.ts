/** The worker of JavaScript panels: the engine with the package `unroll`, and the programs one after another. No Python. */

import { engine } from '../../../wasm-bindings/js/torch/core';
import { shortName } from '../../protocol/limits';
import type { ToWorker } from '../../protocol/messages';
import { hideStorage } from '../../storage/snapshot-store';
import { hastyFlow } from '../flow';
import { OutputSink } from '../output';
import { meetPage } from '../page-port';
import { Runner } from './runner';
import { start } from './start';

const post = meetPage(hear);
const flow = hastyFlow();
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
  const sink = new OutputSink((parts, size) => post({ type: 'output', id, parts, size }), flow);
  const ask = (prompt: string) => post({ type: 'input', id, prompt: shortName(prompt) });
  try {
    const outcome = await runner.run(program, sink, ask);
    post({ type: 'done', id, outcome });
  } catch (error) {
    post({ type: 'crashed', id, message: String(error) });
  }
}

// A worker that is gone would keep the next program waiting for ever.
self.close = () => {};

function hear(message: ToWorker): void {
  if (message.type === 'start') void onStart(message);
  else if (message.type === 'run') void onRun(message);
  else if (message.type === 'interrupt') runner?.interrupt();
  else if (message.type === 'line') runner?.answer(message.text);
  else if (message.type === 'taken') flow.taken(message.size);
  else post({ type: 'answer', id: message.id, answer: runner?.ask(message.question) ?? null });
}
