// Weights as safetensors: eight bytes of length, a header in JSON, and the bytes of all tensors.
import { checked, engine, handleOf, wrap } from '../core.ts';
import { bfloat16, bool, type DType, float16, float32, float64, int8, int16, int32, int64, uint8 } from '../dtypes.ts';
import { RuntimeError } from '../errors.ts';
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
  const header: Record<string, Entry | Record<string, string>> = {};
  if (Object.keys(metadata).length > 0) header.__metadata__ = metadata;
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const { name, tensor, dtype } of entries) {
    const bytes = checked(engine().toBytes(handleOf(tensor)));
    const word = names.find(([, known]) => known === dtype)?.[0] as string;
    header[name] = { dtype: word, shape: tensor.shape, data_offsets: [offset, offset + bytes.length] };
    parts.push(bytes);
    offset += bytes.length;
  }
  const text = JSON.stringify(header);
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
  const length = Number(view.getBigUint64(0, true));
  if (8 + length > bytes.length) throw broken('these are too few bytes, or not of that format');
  let header: Record<string, Entry>;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  } catch {
    throw broken('the header of these is not JSON');
  }
  const state: Record<string, Tensor> = {};
  for (const [name, { dtype, shape, data_offsets: ends }] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const kind = names.find(([word]) => word === dtype)?.[1];
    if (!kind) throw broken(`tensor '${name}' has the type ${dtype}, which Unroll does not know`);
    const part = bytes.subarray(8 + length + ends[0], 8 + length + ends[1]);
    state[name] = wrap(checked(engine().fromBytes(kind.code, part, ...shape)));
  }
  return state;
}
