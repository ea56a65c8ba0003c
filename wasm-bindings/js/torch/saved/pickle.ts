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

const broken = (why: string) => new RuntimeError(`Weights only load failed: ${why}`);

/** Bytes that are read one thing after the other. Throws where they end too early. */
class Reader {
  #at = 0;
  readonly #view: DataView;

  constructor(readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Where `size` bytes begin that are read now. */
  #take(size: number): number {
    if (size > this.bytes.length - this.#at) throw broken('the pickle ends too early');
    this.#at += size;
    return this.#at - size;
  }

  byte = () => this.bytes[this.#take(1)];
  short = () => this.#view.getUint16(this.#take(2), true);
  word = () => this.#view.getUint32(this.#take(4), true);
  double = () => this.#view.getFloat64(this.#take(8));
  part = (size: number) => this.bytes.subarray(this.#take(size), this.#at);
  text = (size: number) => new TextDecoder().decode(this.part(size));

  line(): string {
    const end = this.bytes.indexOf(10, this.#at);
    if (end < 0) throw broken('the pickle ends too early');
    const line = this.text(end - this.#at);
    this.#at += 1;
    return line;
  }
}

/** What a pickle has put on its stack, in the lists that its marks have begun. */
class Stack {
  #top: unknown[] = [];
  readonly #outer: unknown[][] = [];

  push = (value: unknown) => {
    this.#top.push(value);
  };

  pop(): unknown {
    if (this.#top.length === 0) throw broken('pop from empty list');
    return this.#top.pop();
  }

  popMany(count: number): unknown[] {
    if (this.#top.length < count) throw broken('pop from empty list');
    return this.#top.splice(this.#top.length - count);
  }

  mark(): void {
    this.#outer.push(this.#top);
    this.#top = [];
  }

  popToMark(): unknown[] {
    const items = this.#top;
    const outer = this.#outer.pop();
    if (!outer) throw broken('pop from empty list');
    this.#top = outer;
    return items;
  }

  /** The last value, which stays. */
  get last(): unknown {
    if (this.#top.length === 0) throw broken('list index out of range');
    return this.#top[this.#top.length - 1];
  }

  list(): unknown[] {
    if (!Array.isArray(this.last)) throw broken('Can only append to lists');
    return this.last;
  }

  dict(): Map<unknown, unknown> {
    if (!(this.last instanceof Map)) throw broken('Can only set items of dicts');
    return this.last;
  }
}

/** What a call in a pickle stands for: a dict, or the call as it is written down. */
function reduce(callee: unknown, args: unknown): unknown {
  if (!(callee instanceof Global && args instanceof Tuple))
    throw broken('Trying to call reduce for unrecognized function');
  return callee.name === 'collections.OrderedDict' ? new Map() : new Call(callee, args.items);
}

type Step = (from: Reader, stack: Stack, memo: Map<number, unknown>) => void;

const pushes =
  (read: (from: Reader) => unknown): Step =>
  (from, stack) =>
    stack.push(read(from));
const put =
  (read: (from: Reader) => number): Step =>
  (from, stack, memo) =>
    memo.set(read(from), stack.last);
const get =
  (read: (from: Reader) => number): Step =>
  (from, stack, memo) => {
    const index = read(from);
    if (!memo.has(index)) throw broken(`no value was kept as ${index}`);
    stack.push(memo.get(index));
  };
const tuple =
  (count: number): Step =>
  (_, stack) =>
    stack.push(new Tuple(stack.popMany(count)));

function setItems(stack: Stack, items: unknown[]): void {
  if (items.length % 2 > 0) throw broken('list index out of range');
  for (let i = 0; i < items.length; i += 2) stack.dict().set(items[i], items[i + 1]);
}

/** All opcodes that are read; a pickle with another one is refused. */
const steps = new Map<string, Step>([
  ['\x80', (from) => void from.byte()],
  ['N', pushes(() => null)],
  ['\x88', pushes(() => true)],
  ['\x89', pushes(() => false)],
  [')', tuple(0)],
  [']', pushes(() => [])],
  ['}', pushes(() => new Map())],
  ['K', pushes((from) => from.byte())],
  ['M', pushes((from) => from.short())],
  ['J', pushes((from) => from.word() | 0)],
  ['G', pushes((from) => from.double())],
  ['\x8a', pushes((from) => long(from.part(from.byte())))],
  ['X', pushes((from) => from.text(from.word()))],
  ['c', pushes((from) => new Global(`${from.line()}.${from.line()}`))],
  ['(', (_, stack) => stack.mark()],
  ['t', (_, stack) => stack.push(new Tuple(stack.popToMark()))],
  ['\x85', tuple(1)],
  ['\x86', tuple(2)],
  ['\x87', tuple(3)],
  ['q', put((from) => from.byte())],
  ['r', put((from) => from.word())],
  ['h', get((from) => from.byte())],
  ['j', get((from) => from.word())],
  ['Q', (_, stack) => stack.push(new Persistent(stack.pop()))],
  [
    'R',
    (_, stack) => {
      const [callee, args] = stack.popMany(2);
      stack.push(reduce(callee, args));
    },
  ],
  ['s', (_, stack) => setItems(stack, stack.popMany(2))],
  ['u', (_, stack) => setItems(stack, stack.popToMark())],
  [
    'a',
    (_, stack) => {
      const item = stack.pop();
      stack.list().push(item);
    },
  ],
  [
    'e',
    (_, stack) => {
      for (const item of stack.popToMark()) stack.list().push(item);
    },
  ],
  [
    'b',
    // The state of an OrderedDict, such as its _metadata, is not needed.
    (_, stack) => {
      stack.pop();
      stack.dict();
    },
  ],
]);

/** The value of a pickle. Throws RuntimeError for what has no place in a file of weights. */
export function unpickle(bytes: Uint8Array): unknown {
  const [from, stack, memo] = [new Reader(bytes), new Stack(), new Map<number, unknown>()];
  for (;;) {
    const opcode = from.byte();
    if (opcode === code('.')) return stack.pop();
    const step = steps.get(String.fromCharCode(opcode));
    if (!step) throw broken(`Unsupported operand ${opcode}`);
    step(from, stack, memo);
  }
}

function long(bytes: Uint8Array): number {
  let value = 0n;
  for (const [i, byte] of bytes.entries()) value += BigInt(byte) << BigInt(8 * i);
  return Number(BigInt.asIntN(8 * bytes.length, value));
}
