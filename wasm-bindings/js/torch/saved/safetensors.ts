// Weights as safetensors: eight bytes of length, a header in JSON, and the bytes of all tensors.
import { checked, engine, handleOf, wrap } from '../core.ts';
import { bfloat16, bool, type DType, float16, float32, float64, int8, int16, int32, int64, uint8 } from '../dtypes.ts';
import { RuntimeError, ValueError } from '../errors.ts';
import type { Tensor } from '../tensor.ts';

const names: [string, DType][] = [
  ['BOOL', bool],
  ['I64', int64],
  ['F32', float32],
  ['F64', float64],
  ['U8', uint8],
  ['I8', int8],
  ['I16', int16],
  ['I32', int32],
  ['F16', float16],
  ['BF16', bfloat16],
];

const metadataName = '__metadata__';
const longestHeader = 100_000_000;

interface Entry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

/** The bytes of a safetensors file with these tensors. */
export function saveSafetensors(
  state: Record<string, Tensor>,
  metadata: Record<string, string> = {},
): Uint8Array<ArrayBuffer> {
  // Larger elements first, as the format's own library orders them, so that each lies at a multiple of its size.
  const entries = Object.entries(state).map(([name, tensor]) => {
    return { name, tensor, dtype: tensor.dtype };
  });
  entries.sort((a, b) => b.dtype.itemsize - a.dtype.itemsize || (a.name < b.name ? -1 : 1));
  const header: [string, Entry | Record<string, string>][] = [];
  if (Object.keys(metadata).length > 0) header.push([metadataName, metadata]);
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const { name, tensor, dtype } of entries) {
    const bytes = checked(engine().toBytes(handleOf(tensor)));
    const word = names.find(([, known]) => known === dtype)?.[0] as string;
    if (name === metadataName) throw new ValueError(`save(): a tensor cannot be called ${metadataName} in this format`);
    header.push([name, { dtype: word, shape: tensor.shape, data_offsets: [offset, offset + bytes.length] }]);
    parts.push(bytes);
    offset += bytes.length;
  }
  const text = JSON.stringify(Object.fromEntries(header));
  const head = new TextEncoder().encode(
    text.padEnd(text.length + ((8 - (new TextEncoder().encode(text).length % 8)) % 8)),
  );
  const file = new Uint8Array(8 + head.length + offset);
  new DataView(file.buffer).setBigUint64(0, BigInt(head.length), true);
  file.set(head, 8);
  let at = 8 + head.length;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

function broken(why: string): Error {
  return new RuntimeError(`load() takes the bytes of a .safetensors or .pt file; ${why}`);
}

/** The tensors of a safetensors file by name. */
export function loadSafetensors(bytes: Uint8Array): Record<string, Tensor> {
  if (bytes.length < 8) throw broken(`got ${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = 8 + Number(view.getBigUint64(0, true));
  if (start > Math.min(bytes.length, 8 + longestHeader)) throw broken('these are too few bytes, or not of that format');
  const entries = readHeader(bytes.subarray(8, start));
  const parts = entries.map(([name, entry]) => readEntry(name, entry));
  checkOffsets(parts, bytes.length - start);
  // fromEntries makes a property of any name, __proto__ too.
  return Object.fromEntries(
    parts.map(({ name, dtype, shape, begin, end }) => {
      const values = bytes.subarray(start + begin, start + end);
      return [name, wrap(checked(engine().fromBytes(dtype.code, values, ...shape)))];
    }),
  );
}

/** What the header says of each name. */
function readHeader(bytes: Uint8Array): [name: string, entry: unknown][] {
  let header: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    header = JSON.parse(text);
    if (isObject(header) && checkTokens(text) !== Object.keys(header).length) throw broken('a name is there twice');
  } catch (error) {
    throw error instanceof RuntimeError ? error : broken('the header of these is not JSON');
  }
  if (!isObject(header)) throw broken('the header of these is no table');
  const { [metadataName]: metadata, ...entries } = header;
  if (metadata != null && !(isObject(metadata) && Object.values(metadata).every((text) => typeof text === 'string')))
    throw broken(`${metadataName} is not texts by their names`);
  return Object.entries(entries);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The number of names in a header, which JSON.parse hides where one is there twice, as it hides that 1.0 is no size. */
function checkTokens(json: string): number {
  let [depth, names] = [0, 0];
  for (let i = 0; i < json.length; ++i) {
    const letter = json[i];
    if (letter === '"') {
      while (json[++i] !== '"') if (json[i] === '\\') ++i;
    } else if (letter === ':') names += depth === 1 ? 1 : 0;
    else if ('{['.includes(letter)) ++depth;
    else if ('}]'.includes(letter)) --depth;
    else if ('.-'.includes(letter) || (/[eE]/.test(letter) && /\d/.test(json[i - 1])))
      throw broken('the header of these has numbers that are no sizes');
  }
  return names;
}

interface Part {
  name: string;
  dtype: DType;
  shape: number[];
  begin: number;
  end: number;
}

/** More dimensions than any tensor of weights has. */
const mostDims = 64;
const areCounts = (list: unknown): list is number[] =>
  Array.isArray(list) && list.length <= mostDims && list.every((n) => Number.isSafeInteger(n) && n >= 0);

function readEntry(name: string, entry: unknown): Part {
  const wrong = (why: string) => broken(`tensor '${name.slice(0, 200)}' ${why}`);
  if (!isObject(entry)) throw wrong('has no dtype, shape and offsets');
  const { dtype: word, shape, data_offsets: offsets } = entry;
  const dtype = names.find(([known]) => known === word)?.[1];
  if (typeof word !== 'string') throw wrong('has no name of a type');
  if (!dtype) throw wrong(`has the type ${word.slice(0, 200)}, which Unroll does not know`);
  if (!areCounts(shape)) throw wrong('has a shape that is not whole numbers');
  if (!areCounts(offsets) || offsets.length !== 2) throw wrong('has offsets that are not two whole numbers');
  const [begin, end] = offsets;
  // Sizes beside a zero count as well: strides are made of them.
  const most = shape.reduce((product, size) => product * Math.max(size, 1), dtype.itemsize);
  const size = shape.includes(0) ? 0 : most;
  if (!Number.isSafeInteger(most) || end - begin !== size)
    throw wrong(`has ${end - begin} bytes, and its shape and type need ${size}`);
  return { name, dtype, shape, begin, end };
}

/** Throws unless the tensors fill all bytes behind the header, each once. */
function checkOffsets(parts: Part[], bytes: number): void {
  let at = 0;
  for (const { name, begin, end } of [...parts].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== at)
      throw broken(`tensor '${name.slice(0, 200)}' begins at byte ${begin}, not where the one before it ends`);
    at = end;
  }
  if (at !== bytes) throw broken(`its tensors have ${at} bytes, and ${bytes} are there`);
}
