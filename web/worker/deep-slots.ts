import type { PyodideAPI } from 'pyodide';
import {
  body,
  functionType,
  instance,
  name,
  opcodes,
  section,
  sections,
  signed,
  types,
  unsigned,
} from './tiny-modules';

/** What is used of Pyodide's inside. */
interface Inside {
  HEAPU32: Uint32Array;
  wasmTable: WebAssembly.Table;
  ___stack_pointer: WebAssembly.Global;
  _Py_EnterRecursiveCall: WebAssembly.ExportValue;
  _PyType_GetSlot(type: number, slot: number): number;
  addFunction(f: unknown, signature: string): number;
  stringToNewUTF8(text: string): number;
}

/** Functions of types that call the same one of another object in C, where Python does not look how deep that is. */
const slots = [
  {
    /** `map(f, map(f, map(…` */
    kinds: `
import itertools
[id(kind) for kind in (map, filter, zip, enumerate, *vars(itertools).values())
 if isinstance(kind, type) and hasattr(kind, "__next__")]`,
    where: ' in an iterator',
    /** Its number for PyType_GetSlot, and its place in the table of a type. */
    slot: 63,
    place: 112,
    failure: 0,
  },
  {
    kinds: '[id(tuple), id(type(list[int]))]',
    where: ' in a hash',
    slot: 59,
    place: 60,
    failure: -1,
  },
];
type Slot = (typeof slots)[number];
/** Bytes of the stack in memory that a call takes besides, so that its limit comes before the browser's (see deep-calls.ts). */
const extraBytes = 256;

/** Lets Python see how deep these functions call each other: nobody else looks, and the browser's stack would overflow. */
export function watchSlots(pyodide: PyodideAPI): void {
  const python = (pyodide as unknown as { _module: Inside })._module;
  for (const slot of slots) {
    const found = pyodide.runPython(slot.kinds);
    watch(python, found.toJs(), slot);
    found.destroy();
  }
}

function watch(python: Inside, kinds: number[], slot: Slot): void {
  const place = (kind: number) => (kind + slot.place) >> 2;
  // Another Pyodide may have another table.
  const known = kinds.filter((kind) => python.HEAPU32[place(kind)] === python._PyType_GetSlot(kind, slot.slot));
  const originals = [...new Set(known.map((kind) => python.HEAPU32[place(kind)]))].filter(Boolean);
  const watched = watchedFunctions(python, originals, slot);
  const numbers = new Map(originals.map((original, i) => [original, python.addFunction(watched[`f${i}`], 'ii')]));
  for (const kind of known) {
    const number = numbers.get(python.HEAPU32[place(kind)]);
    if (number) python.HEAPU32[place(kind)] = number;
  }
}

/** Functions that do the same, unless the stack comes to its end: then they fail with a RecursionError. */
function watchedFunctions(python: Inside, originals: number[], slot: Slot): WebAssembly.Exports {
  const { globalGet, globalSet, i32Const, i32Add, i32Sub, call, localGet, end, if: test, else: otherwise } = opcodes;
  const where = signed(python.stringToNewUTF8(slot.where));
  const move = (by: number) => [globalGet, 0, i32Const, ...signed(extraBytes), by, globalSet, 0];
  const one = (_: number, i: number) =>
    body(
      ...move(i32Sub),
      ...[i32Const, ...where, call, 0, test, types.i32, i32Const, ...signed(slot.failure)],
      ...[otherwise, localGet, 0, call, ...unsigned(i + 1), end],
      ...move(i32Add),
    );
  const functions = originals.map((original, i) => [`n${i}`, python.wasmTable.get(original)] as const);
  const from = {
    enter: python._Py_EnterRecursiveCall,
    ...Object.fromEntries(functions),
    stack: python.___stack_pointer,
  };
  const imported = ['enter', ...functions.map(([word]) => word)].map((word) => [...name('from'), ...name(word), 0, 0]);
  const first = originals.length + 1;
  return instance(
    from,
    section(sections.types, [functionType([types.i32], [types.i32])]),
    section(sections.imports, [...imported, [...name('from'), ...name('stack'), 3, types.i32, 1]]),
    section(
      sections.functions,
      originals.map(() => [0]),
    ),
    section(
      sections.exports,
      originals.map((_, i) => [...name(`f${i}`), 0, ...unsigned(first + i)]),
    ),
    section(sections.code, originals.map(one)),
  );
}
