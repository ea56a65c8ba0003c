// The part of Python's pickle that files of torch.save with weights are made of. Reading makes plain values; of Python's
// classes only those that tensors and dicts need are known, and nothing of a file is ever run.
import { RuntimeError } from '../errors.ts';

/** A name in a Python module. */
export class Global {
  constructor(readonly name: string) {}
}

/** A call of a Python name. */
export class Call {
  constructor(
    readonly callee: Global,
    readonly args: unknown[],
  ) {}
}

/** What stands outside of the pickle: the bytes of tensors. */
export class Persistent {
  constructor(readonly id: unknown) {}
}

/** A tuple. */
export class Tuple {
  constructor(readonly items: unknown[]) {}
}

/** The bytes of a pickle of a value. */
export function pickle(value: unknown): Uint8Array {
  const bytes: number[] = [0x80, 2];
  write(value, bytes);
  bytes.push(code('.'));
  return Uint8Array.from(bytes);
}

const code = (text: string) => text.charCodeAt(0);
const number32 = (value: number) => [value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >> 24) & 255];

function write(value: unknown, out: number[]): void {
  if (typeof value === 'boolean') out.push(value ? 0x88 : 0x89);
  else if (typeof value === 'number') writeInteger(value, out);
  else if (typeof value === 'string') {
    const text = new TextEncoder().encode(value);
    out.push(code('X'), ...number32(text.length), ...text);
  } else if (value instanceof Global) {
    const place = value.name.lastIndexOf('.');
    out.push(code('c'), ...ascii(`${value.name.slice(0, place)}\n${value.name.slice(place + 1)}\n`));
  } else if (value instanceof Tuple) {
    out.push(code('('));
    for (const item of value.items) write(item, out);
    out.push(code('t'));
  } else if (value instanceof Call) {
    write(value.callee, out);
    write(new Tuple(value.args), out);
    out.push(code('R'));
  } else if (value instanceof Persistent) {
    write(value.id, out);
    out.push(code('Q'));
  } else {
    out.push(code('}'), code('('));
    for (const [key, item] of Object.entries(value as object)) {
      write(key, out);
      write(item, out);
    }
    out.push(code('u'));
  }
}

const ascii = (text: string) => [...text].map(code);

function writeInteger(value: number, out: number[]): void {
  if (value >= -(2 ** 31) && value < 2 ** 31) out.push(code('J'), ...number32(value));
  else out.push(0x8a, 8, ...new Uint8Array(BigInt64Array.of(BigInt(value)).buffer));
}

const mark = Symbol('mark');

/** The value of a pickle. Throws for what has no place in a file of weights. */
export function unpickle(bytes: Uint8Array): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const stack: unknown[] = [];
  const memo = new Map<number, unknown>();
  let at = 0;
  const byte = () => bytes[at++];
  const word = () => {
    at += 4;
    return view.getUint32(at - 4, true);
  };
  const text = (length: number) => {
    at += length;
    return new TextDecoder().decode(bytes.subarray(at - length, at));
  };
  const line = () => {
    const found = text(bytes.indexOf(10, at) - at);
    at += 1;
    return found;
  };
  const toMark = () => {
    const items = stack.splice(stack.lastIndexOf(mark));
    return items.slice(1);
  };
  const setAll = (items: unknown[]) => {
    const target = stack.at(-1) as Map<unknown, unknown>;
    for (let i = 0; i < items.length; i += 2) target.set(items[i], items[i + 1]);
  };
  const tuple = (count: number) => stack.push(new Tuple(stack.splice(stack.length - count)));
  const steps: Record<string, () => unknown> = {
    '\x80': byte,
    '}': () => stack.push(new Map()),
    ']': () => stack.push([]),
    ')': () => stack.push(new Tuple([])),
    '(': () => stack.push(mark),
    t: () => stack.push(new Tuple(toMark())),
    '\x85': () => tuple(1),
    '\x86': () => tuple(2),
    '\x87': () => tuple(3),
    X: () => stack.push(text(word())),
    c: () => stack.push(new Global(`${line()}.${line()}`)),
    q: () => memo.set(byte(), stack.at(-1)),
    r: () => memo.set(word(), stack.at(-1)),
    h: () => stack.push(memo.get(byte())),
    j: () => stack.push(memo.get(word())),
    Q: () => stack.push(new Persistent(stack.pop())),
    K: () => stack.push(byte()),
    M: () => stack.push(byte() + 256 * byte()),
    J: () => stack.push(word() | 0),
    G: () => {
      at += 8;
      stack.push(view.getFloat64(at - 8));
    },
    '\x8a': () => stack.push(long(bytes.subarray(at + 1, (at += 1 + bytes[at])))),
    '\x88': () => stack.push(true),
    '\x89': () => stack.push(false),
    N: () => stack.push(null),
    R: () => {
      const [callee, args] = stack.splice(-2) as [Global, Tuple];
      const isDict = callee.name === 'collections.OrderedDict';
      stack.push(isDict ? new Map() : new Call(callee, args.items));
    },
    s: () => setAll(stack.splice(-2)),
    u: () => setAll(toMark()),
    a: () => (stack.at(-2) as unknown[]).push(stack.pop()),
    e: () => {
      const items = toMark();
      (stack.at(-1) as unknown[]).push(...items);
    },
    // The state of an OrderedDict, such as its _metadata, is not needed.
    b: () => stack.pop(),
  };
  for (;;) {
    const op = String.fromCharCode(byte());
    if (op === '.') return stack.pop();
    const step = steps[op];
    if (!step) throw new RuntimeError(`Weights only load failed: unsupported operand ${op.charCodeAt(0)}`);
    step();
  }
}

function long(bytes: Uint8Array): number {
  let value = 0n;
  for (const [i, byte] of bytes.entries()) value += BigInt(byte) << BigInt(8 * i);
  return Number(BigInt.asIntN(8 * bytes.length || 1, value));
}
