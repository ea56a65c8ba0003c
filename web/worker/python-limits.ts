import type { PyodideAPI } from 'pyodide';

/** What is used of Pyodide's inner parts. */
interface Inner {
  memory: WebAssembly.Memory;
  _emscripten_stack_get_current(): number;
  _PyThreadState_Get(): number;
  _PyUnstable_ThreadState_SetStackProtection(thread: number, begin: number, size: number): number;
}

/** Bytes of Emscripten's stack that C functions may take. The browser's own stack holds as many calls (see deep-calls.ts). */
const stackBytes = 300 << 10;
/** Bytes that Python may have. More of them bring a page down, or its device to a halt, before they are used up. */
const memoryBytes = 2 ** 31;

const inner = (pyodide: PyodideAPI) => (pyodide as unknown as { _module: Inner })._module;

/** Lets Python raise RecursionError before the browser's stack overflows. Each run has a thread of Python's own. */
export function limitStack(pyodide: PyodideAPI): void {
  const python = inner(pyodide);
  const begin = python._emscripten_stack_get_current() - stackBytes;
  python._PyUnstable_ThreadState_SetStackProtection(python._PyThreadState_Get(), begin, stackBytes);
}

/** Lets Python raise MemoryError while the page still has room. */
export function limitMemory(pyodide: PyodideAPI): void {
  const { memory } = inner(pyodide);
  const grow = memory.grow.bind(memory);
  memory.grow = (pages) => {
    if (memory.buffer.byteLength + pages * 65536 > memoryBytes) throw new RangeError('Python has all its memory.');
    return grow(pages);
  };
}
