// What tells golden data of one machine from the same of another one: last bits do not count.
import { closeData, differentLine } from '../python/golden.mjs';

/** float32 sums over other kernels differ by some units in the last place, and a training multiplies that. */
const tolerance = 1e-4;

/** How two files differ, in words; an empty text where they hold the same. */
export function differences(name, here, made) {
  if (here.equals(made)) return '';
  if (name.endsWith('.json')) return jsonDifference(JSON.parse(here), JSON.parse(made));
  if (name.endsWith('.safetensors')) {
    const [a, b] = [tensorsIn(here), tensorsIn(made)];
    const names = Object.keys(a).filter((key) => !closeData(a[key], b[key], tolerance));
    return names.length > 0 ? `tensors ${names.join(', ')}` : '';
  }
  // Files of torch.save hold a hash of a random kind; what is in them stands in read.txt.
  if (/\.(pt|bin)$/.test(name)) return here.length === made.length ? '' : `${here.length} and ${made.length} bytes`;
  return differentLine(String(made), String(here), tolerance) ?? '';
}

function jsonDifference(here, made) {
  if (!Array.isArray(here)) return Object.keys(here).filter((key) => !sameCase(here[key], made[key])).join(', ');
  const found = here.filter((one, i) => !sameCase(one, made[i]));
  return found.map((one) => `\n  ${one.code ?? JSON.stringify(one)}`).join('');
}

/** Texts of a case may hold numbers, and where an object lies. */
function sameCase(here, made) {
  if (typeof here?.text !== 'string') return closeData(here, made, tolerance);
  const [a, b] = [here, made].map(({ text }) => text?.replace(/ at 0x[0-9a-f]+/g, ''));
  return differentLine(b, a, tolerance) === undefined;
}

/** The numbers of a safetensors file; tensors that are neither float32 nor float64 as their bytes. */
function tensorsIn(file) {
  const size = Number(file.readBigUInt64LE(0));
  const { __metadata__, ...entries } = JSON.parse(file.subarray(8, 8 + size));
  const kinds = { F32: Float32Array, F64: Float64Array };
  const values = Object.entries(entries).map(([name, { dtype, shape, data_offsets: [from, to] }]) => {
    const bytes = new Uint8Array(file.subarray(8 + size + from, 8 + size + to));
    return [name, { dtype, shape, values: [...new (kinds[dtype] ?? Uint8Array)(bytes.buffer)] }];
  });
  return Object.fromEntries(values);
}
