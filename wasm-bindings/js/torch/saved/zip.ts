// Zip archives whose entries are stored as they are, as those of torch.save.
import { RuntimeError } from '../errors.ts';

const [localMark, centralMark, endMark] = [0x04034b50, 0x02014b50, 0x06054b50];
/** Data begin at multiples of this, as PyTorch likes them. */
const alignment = 64;

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; ++bit) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function checksum(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (value >>> 8) ^ table[(value ^ byte) & 0xff];
  return ~value >>> 0;
}

/** What both headers of an entry have: version, flags, method, time, date, checksum, sizes, length of the name. */
function fields(name: Uint8Array, data: Uint8Array, extra: number): [size: number, value: number][] {
  return [
    [2, 0],
    [2, 0x800],
    [2, 0],
    [2, 0],
    [2, 0x21],
    [4, checksum(data)],
    [4, data.length],
    [4, data.length],
    [2, name.length],
    [2, extra],
  ];
}

function record(mark: number, parts: [size: number, value: number][]): Uint8Array {
  const bytes = new Uint8Array(4 + parts.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, mark, true);
  let at = 4;
  for (const [size, value] of parts) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
}

/** An archive of entries. */
export function zip(entries: [name: string, data: Uint8Array][]): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let offset = 0;
  const put = (list: Uint8Array[], bytes: Uint8Array) => {
    list.push(bytes);
    if (list === parts) offset += bytes.length;
  };
  for (const [text, data] of entries) {
    const name = new TextEncoder().encode(text);
    const start = offset;
    // An extra field of zeros moves the data to its place.
    const gap = 4 + ((alignment - ((start + 34 + name.length) % alignment)) % alignment);
    put(parts, record(localMark, fields(name, data, gap)));
    put(parts, name);
    put(parts, record(0x4246 + ((gap - 4) << 16), []));
    put(parts, new Uint8Array(gap - 4));
    put(parts, data);
    const rest: [number, number][] = [
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, start],
    ];
    put(central, record(centralMark, [[2, 0], ...fields(name, data, 0), ...rest]));
    put(central, name);
  }
  const size = central.reduce((sum, { length }) => sum + length, 0);
  const counts: [number, number][] = [
    [2, 0],
    [2, 0],
    [2, entries.length],
    [2, entries.length],
  ];
  return joined([...parts, ...central, record(endMark, [...counts, [4, size], [4, offset], [2, 0]])]);
}

function joined(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const broken = (why: string) => new RuntimeError(`PytorchStreamReader failed reading zip archive: ${why}`);
/** The longest comment that may stand behind the end of an archive. */
const longestComment = 0xffff;

/** Where the mark of the end of an archive stands. */
function endOf(view: DataView): number {
  const last = view.byteLength - 22;
  for (let at = last; at >= Math.max(0, last - longestComment); --at)
    if (view.getUint32(at, true) === endMark) return at;
  throw broken('failed finding central directory');
}

/** One entry of the central directory, and where the next one begins. */
function readEntry(bytes: Uint8Array, view: DataView, at: number): { name: string; data: Uint8Array; next: number } {
  if (view.getUint32(at, true) !== centralMark) throw broken('failed finding central directory');
  const [method, sum, size] = [
    view.getUint16(at + 10, true),
    view.getUint32(at + 16, true),
    view.getUint32(at + 24, true),
  ];
  const lengths = [28, 30, 32].map((place) => view.getUint16(at + place, true));
  const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + lengths[0]));
  if (method !== 0) throw broken(`the entry ${name} is compressed, which torch.save never does`);
  const local = view.getUint32(at + 42, true);
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  const data = bytes.subarray(start, start + size);
  if (data.length !== size || checksum(data) !== sum) throw broken(`failed reading file ${name}`);
  return { name, data, next: at + 46 + lengths[0] + lengths[1] + lengths[2] };
}

/** The entries of an archive by name, without the folder that they all lie in. */
export function unzip(bytes: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  const entries = new Map<string, Uint8Array>();
  let folder: string | undefined;
  try {
    let at = view.getUint32(end + 16, true);
    for (let left = view.getUint16(end + 10, true); left > 0; --left) {
      const { name, data, next } = readEntry(bytes, view, at);
      folder ??= name.slice(0, name.indexOf('/') + 1);
      if (name.startsWith(folder)) entries.set(name.slice(folder.length), data);
      at = next;
    }
  } catch (error) {
    // What lies outside of the bytes.
    throw error instanceof RangeError ? broken('failed finding central directory') : error;
  }
  return entries;
}
