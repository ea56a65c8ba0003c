/** The worker of a page: one Python with the engine, which runs the programs of all panels one after another. */

import { shortName } from '../protocol/limits';
import { Mailbox } from '../protocol/mailbox';
import type { Answer, ToWorker } from '../protocol/messages';
import { hideStorage } from '../storage/snapshot-store';
import { canWait } from './can-wait';
import { hastyFlow, patientFlow } from './flow';
import { OutputSink } from './output';
import { meetPage } from './page-port';
import { Session } from './python-session';
import { type Started, start } from './start';

const post = meetPage(hear);
let session: Session | undefined;
let engine: Started['engine'] | undefined;
let flow = hastyFlow();
/** Which real packages are here, in one text; undefined where some of them could not be had. */
let present: string | undefined;

const inOneText = (names: string[], index: string | null) =>
  names.length === 0 ? '' : JSON.stringify([[...names].sort(), index]);

async function onStart(request: Extract<ToWorker, { type: 'start' }>): Promise<void> {
  const { mailbox, packages } = request;
  // Pyodide looks for this; what one browser can do, the page may forbid.
  if (!request.suspend) Reflect.deleteProperty(WebAssembly, 'Suspending');
  try {
    const started = await start(request, (progress) => post({ type: 'progress', progress }));
    const complete = !started.packages?.missing.length;
    present = complete ? inOneText(packages?.names ?? [], packages?.index ?? null) : undefined;
    // A program can reach this by `import js`, and what is stored is code of later visits.
    hideStorage();
    engine = started.engine;
    const waits = await canWait(started.pyodide);
    // A program that shares memory with its page never comes back to its messages.
    if (waits && !mailbox) flow = patientFlow();
    session = new Session(started.pyodide, waits, mailbox && new Mailbox(mailbox));
    const made = started.keepsake;
    const buffers = made?.snapshot ? [made.snapshot.buffer] : [];
    post({ type: 'ready', keepsake: made, packages: started.packages, waits }, buffers);
  } catch (error) {
    post({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

async function onRun({ id, packages, ...program }: Extract<ToWorker, { type: 'run' }>): Promise<void> {
  if (!session) return;
  const sink = new OutputSink((parts, size) => post({ type: 'output', id, parts, size }), flow);
  try {
    if (!session.makeReady(program.around)) {
      post({ type: 'spent', id });
      return;
    }
    if (packages) {
      const needs = session.needs(program.code, program.files, packages.names, program.around);
      const names = needs.map((need) => need.package);
      // A fault inside the engine has ended it; another worker has another one.
      if (inOneText(names, packages.index) !== present || engine?.isBroken) {
        post({ type: 'needs', id, needs });
        return;
      }
    }
    post({ type: 'begun', id });
    const ask = (prompt: string) => post({ type: 'input', id, prompt: shortName(prompt) });
    const outcome = await session.run(program, sink, ask);
    post({ type: 'done', id, outcome });
  } catch (error) {
    post({ type: 'crashed', id, message: String(error) });
    return;
  }
  session.tidy();
}

function onAsk({ id, question }: Extract<ToWorker, { type: 'ask' }>): void {
  let answer: Answer | null = null;
  try {
    answer = session?.ask(question) ?? null;
  } catch (error) {
    console.info('Unroll: a question without an answer.', error);
  }
  post({ type: 'answer', id, answer }, answer?.bytes.map(({ buffer }) => buffer) ?? []);
}

// A program can reach this by `import js`; a worker that is gone would keep the next one waiting for ever.
self.close = () => {};

// Errors in functions that JavaScript calls are the program's: they end neither Python nor the program.
self.addEventListener('error', (event) => {
  if (session?.tell(event.error)) event.preventDefault();
});
self.addEventListener('unhandledrejection', (event) => {
  if (event.reason?.name === 'PythonError' && session?.tell(event.reason)) event.preventDefault();
});

function hear(message: ToWorker): void {
  if (message.type === 'start') void onStart(message);
  else if (message.type === 'ask') onAsk(message);
  else if (message.type === 'interrupt') session?.dialogue.stop();
  else if (message.type === 'line') session?.dialogue.answer(message.text);
  else if (message.type === 'taken') flow.taken(message.size);
  else void onRun(message);
}
