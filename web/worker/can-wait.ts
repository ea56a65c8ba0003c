/** Whether a program can wait for a promise here: tried, because neither the browser's name nor its features tell. */

import type { PyodideAPI } from 'pyodide';

/** What this uses of Pyodide's inside. */
interface Inside {
  HEAPU32: Uint32Array;
  jspiSupported: boolean;
  __Py_NoneStruct: number;
  _malloc(size: number): number;
  addFunction(f: unknown, signature: string): number;
  stringToNewUTF8(text: string): number;
  _PyCFunction_NewEx(definition: number, self: number, module: number): number;
  _PyImport_AddModule(name: number): number;
  _PyObject_SetAttrString(object: number, name: number, value: number): number;
}

/** What `WebAssembly` has where it can wait for promises; TypeScript's own types lack it. */
type Suspending = new (f: () => Promise<void>) => () => void;

const takesOne = 0x8; // METH_O: (self, argument)

/** As programs do: Python that C calls, that was called by Python, waits below a builtin function. */
const program = `
def attempt():
    import _unroll_wait
    exec("list(map(_unroll_wait.wait, [None]))", {"_unroll_wait": _unroll_wait})
attempt
`;

/**
 * Lets a small program wait. Pyodide calls some functions by way of JavaScript on systems where its own way is not safe, and no
 * promise can be waited for across that. Such a wait would end Python; here it only ends the attempt. Afterwards Pyodide does not
 * try to wait where it cannot.
 */
export async function canWait(pyodide: PyodideAPI): Promise<boolean> {
  if (!('Suspending' in WebAssembly)) return false;
  const python = (pyodide as unknown as { _module: Inside })._module;
  let waited = false;
  try {
    connect(python, async () => {
      await null;
      waited = true;
    });
    const attempt = pyodide.runPython(program);
    await attempt.callPromising();
    attempt.destroy();
    pyodide.runPython('import sys; del sys.modules["_unroll_wait"]');
  } catch {
    // Another Pyodide, with other inner names: a run will show it.
    return true;
  }
  python.jspiSupported &&= waited;
  return waited;
}

/** Puts a module into the interpreter whose one function waits for `wait`. */
function connect(python: Inside, wait: () => Promise<void>): void {
  const suspending = new (WebAssembly as unknown as { Suspending: Suspending }).Suspending(wait);
  const guard = new WebAssembly.Module(guardOf(python.__Py_NoneStruct));
  const { call } = new WebAssembly.Instance(guard, { from: { wait: suspending } }).exports;
  const name = python.stringToNewUTF8('wait');
  // PyMethodDef: name, function, flags, documentation.
  const definition = python._malloc(16);
  python.HEAPU32.set([name, python.addFunction(call, 'iii'), takesOne, 0], definition >> 2);
  const f = python._PyCFunction_NewEx(definition, 0, 0);
  python._PyObject_SetAttrString(python._PyImport_AddModule(python.stringToNewUTF8('_unroll_wait')), name, f);
}

/**
 * A module for WebAssembly, in its binary format, whose `call` takes two numbers, calls `from.wait`, drops what that throws, and
 * gives `result`. JavaScript would itself be what nothing waits across.
 */
function guardOf(result: number): Uint8Array<ArrayBuffer> {
  const section = (id: number, ...content: number[]) => [id, content.length, ...content];
  const text = (word: string) => [word.length, ...new TextEncoder().encode(word)];
  const [none, i32] = [0x40, 0x7f];
  const [tryIt, call, catchAll, end, constant] = [0x06, 0x10, 0x19, 0x0b, 0x41];
  const body = [0, tryIt, none, call, 0, catchAll, end, constant, ...leb(result), end];
  return new Uint8Array([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, 2, 0x60, 0, 0, 0x60, 2, i32, i32, 1, i32), // types: () → (), (i32, i32) → i32
    ...section(2, 1, ...text('from'), ...text('wait'), 0, 0), // import, of the first type
    ...section(3, 1, 1), // a function, of the second type
    ...section(7, 1, ...text('call'), 0, 1), // export
    ...section(10, 1, body.length, ...body),
  ]);
}

/** A number as signed LEB128. */
function leb(value: number): number[] {
  const low = value & 0x7f;
  const rest = value >> 7;
  const isLast = rest === (low & 0x40 ? -1 : 0);
  return isLast ? [low] : [low | 0x80, ...leb(rest)];
}
