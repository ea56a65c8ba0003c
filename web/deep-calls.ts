/**
 * Makes Python see how deep C calls go.
 *
 * Python raises RecursionError when the stack that a C program has in memory comes to its limit. In a browser another stack
 * overflows first, the browser's own, and functions that go round there take next to nothing in memory: lists in lists being
 * freed take nothing at all. So these functions take more of the memory here than they need, and one limit holds for both
 * stacks (worker/python-limits.ts).
 */

import * as encode from './worker/tiny-modules.ts';

const { opcodes, sections: sectionIds } = encode;

/** Bytes of memory that a call takes besides. One of these functions is part of each way of C to call itself without end. */
const extraBytes = {
  _PyEval_EvalFrameDefault: 1024,
  PyObject_RichCompare: 256,
  PyObject_Repr: 384,
  _Py_Dealloc: 256,
};

/**
 * What functions of C call that look how deep they are. Those of them that call themselves take so much more, too; the last one is
 * the parser's, which has some twenty calls a bracket and must come to 200 brackets.
 */
const looks = { Py_EnterRecursiveCall: 160, _Py_CheckRecursiveCall: 160, _Py_ReachedRecursionLimitWithMargin: 96 };

/** Pyodide's WebAssembly with larger frames. Throws where it is not as expected. */
export function growFrames(wasm: Buffer): Buffer {
  const sections = readSections(wasm);
  const section = (id: number) => new Reader(wasm, sections.find((one) => one.id === id)?.start);
  const indices = exportedIndices(section(sectionIds.exports));
  const imported = importedFunctions(section(sectionIds.imports));
  const pointer = unsigned(indexOf(indices, '__stack_pointer'));
  const extra = new Map(Object.entries(extraBytes).map(([name, size]) => [indexOf(indices, name) - imported, size]));
  const code = section(sectionIds.code);
  const count = code.number();
  const types = readTypes(section(sectionIds.types));
  const kinds = readNumbers(section(sectionIds.functions));
  const checks = Object.entries(looks).map(([name, size]) => ({ call: callOf(indexOf(indices, name)), size }));
  /** Functions that another one stands before, with their types. */
  const moved: { body: Buffer; kind: number }[] = [];
  const bodies = Array.from({ length: count }, (_, i) => {
    const body = code.bytes(code.number());
    const size = extra.get(i);
    if (size) return withLargerFrame(body, size, pointer);
    const check = checks.find(({ call }) => body.includes(call));
    if (!check || !body.includes(callOf(i + imported))) return body;
    moved.push({ body, kind: kinds[i] });
    return withFrameBefore(imported + count + moved.length - 1, types[kinds[i]], check.size, pointer);
  });
  const all = [...bodies, ...moved.map(({ body }) => body)];
  const contents = new Map([
    [sectionIds.code, all.map((body) => Buffer.concat([unsigned(body.length), body]))],
    [sectionIds.functions, [...kinds, ...moved.map(({ kind }) => kind)].map(unsigned)],
  ]);
  const parts = sections.map(({ id, from, end }) => {
    const items = contents.get(id);
    if (!items) return wasm.subarray(from, end);
    const content = Buffer.concat([unsigned(items.length), ...items]);
    return Buffer.concat([Buffer.of(id), unsigned(content.length), content]);
  });
  return Buffer.concat([wasm.subarray(0, 8), ...parts]);
}

const callOf = (index: number) => Buffer.of(opcodes.call, ...unsigned(index));

/** The body of a function that calls another one of its type, with so much less of the stack in memory. */
function withFrameBefore(index: number, parameters: number, extra: number, pointer: Buffer): Buffer {
  const { localGet, globalGet, globalSet, i32Const, end } = opcodes;
  const move = (by: number) => [globalGet, ...pointer, i32Const, ...signed(extra), by, globalSet, ...pointer];
  const given = Array.from({ length: parameters }, (_, i) => [localGet, ...unsigned(i)]).flat();
  return Buffer.of(0, ...move(opcodes.i32Sub), ...given, ...callOf(index), ...move(opcodes.i32Add), end);
}

/** A function's body that takes `extra` bytes more from the stack at its begin, and gives them back before each return. */
function withLargerFrame(body: Buffer, extra: number, pointer: Buffer): Buffer {
  const { localGet, localTee, globalGet, globalSet, i32Const, i32Add, i32Sub } = opcodes;
  const get = Buffer.of(globalGet, ...pointer);
  const set = Buffer.of(globalSet, ...pointer);
  const start = body.indexOf(get);
  if (start < 0) throw new Error('A function of Pyodide has no frame on the stack.');
  const after = new Reader(body, start + get.length);
  const opcode = after.byte();
  if (opcode === i32Const) {
    // A frame that has a size: it becomes another one.
    const size = signed(after.number());
    const larger = signed(new Reader(size, 0).number() + extra);
    const taken = replaceAll(body, [...get, i32Const, ...size, i32Sub], [...get, i32Const, ...larger, i32Sub], 1);
    return replaceAll(taken, [i32Const, ...size, i32Add, ...set], [i32Const, ...larger, i32Add, ...set]);
  }
  if (opcode !== localTee) throw new Error('A function of Pyodide begins in another way than expected.');
  // A frame without a size: the pointer is kept in a local variable, and put back from it.
  const local = unsigned(after.number());
  const size = signed(extra);
  const back = [localGet, ...local, ...set];
  const given = replaceAll(body, back, [localGet, ...local, i32Const, ...size, i32Add, ...set]);
  return replaceAll(
    given,
    [...get, localTee, ...local],
    [...get, i32Const, ...size, i32Sub, ...set, ...get, localTee, ...local],
    1,
  );
}

/** Throws where there is nothing to replace, or not as often as `times`. */
function replaceAll(body: Buffer, old: number[], replacement: number[], times?: number): Buffer {
  const text = (bytes: number[]) => Buffer.from(bytes).toString('latin1');
  const pieces = body.toString('latin1').split(text(old));
  const found = pieces.length - 1;
  if (found === 0 || (times && found !== times)) throw new Error('A frame of Pyodide is not as expected.');
  return Buffer.from(pieces.join(text(replacement)), 'latin1');
}

/** Reads a WebAssembly module from a place on. */
class Reader {
  constructor(
    private readonly from: Buffer,
    private at = 0,
  ) {}

  get place(): number {
    return this.at;
  }

  byte(): number {
    return this.from[this.at++];
  }

  /** A number of any length (LEB128), not negative. */
  number(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  bytes(length: number): Buffer {
    this.at += length;
    return this.from.subarray(this.at - length, this.at);
  }
}

function readSections(wasm: Buffer) {
  const sections = [];
  for (let from = 8; from < wasm.length; ) {
    const reader = new Reader(wasm, from);
    const id = reader.byte();
    const length = reader.number();
    sections.push({ id, from, start: reader.place, end: reader.place + length });
    from = reader.place + length;
  }
  return sections;
}

function readNumbers(reader: Reader): number[] {
  return Array.from({ length: reader.number() }, () => reader.number());
}

/** How many parameters each type of functions has. */
function readTypes(reader: Reader): number[] {
  return Array.from({ length: reader.number() }, () => {
    if (reader.byte() !== 0x60) throw new Error('A type of Pyodide is none of a function.');
    const parameters = reader.number();
    reader.bytes(parameters);
    reader.bytes(reader.number());
    return parameters;
  });
}

/** The numbers of what a module exports: of functions and of globals. */
function exportedIndices(reader: Reader): Map<string, number> {
  const entry = (): [string, number] => {
    const name = reader.bytes(reader.number()).toString();
    reader.byte();
    return [name, reader.number()];
  };
  return new Map(Array.from({ length: reader.number() }, entry));
}

function indexOf(indices: Map<string, number>, name: string): number {
  const index = indices.get(name);
  if (index === undefined) throw new Error(`Pyodide does not export ${name}.`);
  return index;
}

/** How many functions a module imports: they are numbered before its own. */
function importedFunctions(reader: Reader): number {
  const limits = () => {
    const hasMaximum = reader.byte() & 1;
    reader.number();
    if (hasMaximum) reader.number();
  };
  const skip = [
    () => reader.number(),
    () => [reader.byte(), limits()],
    limits,
    () => reader.bytes(2),
    () => [reader.byte(), reader.number()],
  ];
  let functions = 0;
  for (let left = reader.number(); left > 0; --left) {
    reader.bytes(reader.number());
    reader.bytes(reader.number());
    const kind = reader.byte();
    if (kind === 0) ++functions;
    skip[kind]();
  }
  return functions;
}

const unsigned = (value: number) => Buffer.from(encode.unsigned(value));
const signed = (value: number) => Buffer.from(encode.signed(value));
