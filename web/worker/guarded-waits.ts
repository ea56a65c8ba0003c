import type { PyodideAPI } from 'pyodide';
import { body, functionType, instance, name, opcodes, section, sections, types } from './tiny-modules';

/** How Pyodide waits: for the second one in today's browsers. */
type Wait = (suspender: unknown, promise: unknown) => Promise<unknown>;
/** What `WebAssembly` has where it can wait for promises; TypeScript's own types lack it. */
type Suspending = new (wait: Wait) => object;

/** What is used of Pyodide's inside. */
interface Inside {
  /** What Pyodide's C takes for a failure. */
  error: unknown;
  /** Why the promise that was waited for has failed. */
  syncify_error?: unknown;
}

const { tryIt, localGet, call, catchAll, end } = opcodes;
const { externref } = types;
const assembly = WebAssembly as unknown as { Suspending?: Suspending };

/**
 * Starts Python so that a wait where nothing can wait is a RuntimeError of the program, with its line.
 *
 * Pyodide does not always know that it runs Python below JavaScript: in callbacks of promises, where an error becomes text, where the
 * type of a new kind of JavaScript object is made. To wait there throws a SuspendError through the frames of C, which leaves Python
 * with another thread's state. So Pyodide waits inside of a WebAssembly function that catches it.
 */
export async function withGuardedWaits(load: () => Promise<PyodideAPI>): Promise<PyodideAPI> {
  const { Suspending } = assembly;
  if (!Suspending) return load();
  let python: Inside | undefined;
  function Guarded(wait: Wait) {
    return guarded(wait, Suspending as Suspending, () => python as Inside);
  }
  assembly.Suspending = Guarded as unknown as Suspending;
  try {
    const pyodide = await load();
    python = (pyodide as unknown as { _module: Inside })._module;
    return pyodide;
  } finally {
    assembly.Suspending = Suspending;
  }
}

/** A function of WebAssembly that waits, and gives Pyodide's mark of a failure where that is impossible. */
function guarded(wait: Wait, Suspending: Suspending, python: () => Inside): unknown {
  let last: Promise<unknown> | undefined;
  let fatal: unknown;
  const remember: Wait = (suspender, promise) => {
    last = wait(suspender, promise);
    // Pyodide ends so, and nothing else.
    last.catch((error) => {
      fatal = error;
    });
    return last;
  };
  const failed = () => {
    if (fatal) throw fatal;
    const { error } = python();
    // What comes of this promise is told to nobody.
    void last?.then((result) => result === error && delete python().syncify_error);
    return error;
  };
  const from = { wait: new Suspending(remember), failed } as unknown as WebAssembly.ModuleImports;
  return instance(
    from,
    section(sections.types, [functionType([externref, externref], [externref]), functionType([], [externref])]),
    section(sections.imports, [
      [...name('from'), ...name('wait'), 0, 0],
      [...name('from'), ...name('failed'), 0, 1],
    ]),
    section(sections.functions, [[0]]),
    section(sections.exports, [[...name('call'), 0, 2]]),
    section(sections.code, [body(tryIt, externref, localGet, 0, localGet, 1, call, 0, catchAll, call, 1, end)]),
  ).call;
}
