// Tables of the tensors that a program has left: the page's questions `tensors` and `tensor`, answered as
// unroll/tensor_views.py does.
import * as torch from '../../../wasm-bindings/js/torch/torch';
import type { Answer } from '../../protocol/messages';
import { lookUp, type Names } from './names';

type Kind = 'tensor' | 'parameter' | 'buffer' | 'array';
type Found = [name: string, kind: Kind, value: torch.Tensor];

const most = { names: 500, values: 200_000, columns: 1000, parts: 50, depth: 4 };

/** The tensors, arrays and parameters by name: kind, shape, dtype, range. */
export function tensors(names: Names): Answer {
  const rows: object[] = [];
  look(names, (one) => {
    rows.push(summary(one));
    return rows.length < most.names;
  });
  return { json: rows, bytes: [] };
}

/** One of them as a table: its last two dimensions, at the indices `at` of those before. The bytes are float64 in row-major order. */
export function tensor(names: Names, name: unknown, at: unknown): Answer | null {
  let answer: Answer | null = null;
  look(names, (one) => {
    if (one[0] === name) answer = table(one, Array.isArray(at) ? at : []);
    return answer === null;
  });
  return answer;
}

/** Calls `take` with each tensor until it says no. What is made meanwhile is freed. */
function look(names: Names, take: (found: Found) => boolean): void {
  torch.noGrad(() =>
    torch.scope(() => {
      for (const name of Object.keys(names)) {
        if (name.startsWith('_')) continue;
        for (const found of tensorsIn(name, lookUp(names, name), [])) if (!torch.scope(() => take(found))) return;
      }
    }),
  );
}

/** A tensor, an array of numbers, the tensors of a module, and all of these in an array, an object or a map. */
function* tensorsIn(name: string, value: unknown, around: unknown[]): Generator<Found> {
  if (value instanceof torch.nn.Module) {
    for (const [path, one] of value.namedParameters()) if (isThere(one)) yield [`${name}.${path}`, 'parameter', one];
    for (const [path, one] of value.namedBuffers()) if (isThere(one)) yield [`${name}.${path}`, 'buffer', one];
  } else if (value instanceof torch.Tensor) {
    if (isThere(value)) yield [name, 'tensor', value];
  } else if (ArrayBuffer.isView(value)) {
    if (!(value instanceof DataView)) yield [name, 'array', torch.tensor(value)];
  } else if (around.length < most.depth && !around.includes(value)) {
    const parts = partsOf(value);
    if (parts.length <= most.parts)
      for (const [key, part] of parts) yield* tensorsIn(name + key, part, [...around, value]);
  }
}

/** Scopes, dispose() and the end of a program free tensors that still have a name. */
export const isThere = (tensor: torch.Tensor) => tensor.handle !== 0 && !tensor.arena.isOver;

/** What an array, a plain object or a map holds, as a program would write it. */
function partsOf(value: unknown): [string, unknown][] {
  if (Array.isArray(value)) return value.slice(0, most.parts + 1).map((part, i) => [`[${i}]`, part]);
  if (value instanceof Map)
    return [...value].map(([key, part]) => [`.get(${typeof key === 'string' ? JSON.stringify(key) : key})`, part]);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return [];
  return Object.keys(value).map((key) => [
    /^[\p{L}$_][\p{L}\d$_]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`,
    lookUp(value as Names, key),
  ]);
}

function summary([name, kind, value]: Found) {
  const { shape, dtype } = value;
  return { name, kind, shape, dtype: dtype.name, ...rangeOf(value.detach()) };
}

/** Smallest, mean and largest value, found where the values are: a copy may not fit. */
function rangeOf(value: torch.Tensor) {
  const none = { min: null, mean: null, max: null };
  if (value.numel() === 0) return none;
  try {
    const mean = value.mean({ dtype: torch.float64 });
    return { min: number(value.min()), mean: number(mean), max: number(value.max()) };
  } catch {
    return none;
  }
}

/** JSON has no words for numbers without an end. */
function number(value: torch.Tensor): number | string {
  const found = Number(value.item());
  if (Number.isFinite(found)) return found;
  return Number.isNaN(found) ? 'nan' : found > 0 ? 'inf' : '-inf';
}

function table(found: Found, given: unknown[]): Answer {
  const value = found[2].detach();
  const { shape } = value;
  const at = shape
    .slice(0, -2)
    .map((size, i) => Math.min(Math.max(Math.trunc(Number(given[i] ?? 0)) || 0, 0), size - 1));
  // A vector is a column, a number a table of one.
  const [ofRows, ofColumns] = shape.length < 2 ? [...shape, 1, 1] : shape.slice(-2);
  const shownColumns = Math.min(ofColumns, most.columns);
  const shownRows = Math.min(ofRows, Math.floor(most.values / Math.max(1, shownColumns)));
  const ranges = [`:${shownRows}`, `:${shownColumns}`].slice(0, shape.length);
  const part = shape.length === 0 ? value : value.at(...at, ...ranges);
  const values = Float64Array.from(part.double().toTypedArray());
  const json = { ...summary(found), at, rows: shownRows, columns: shownColumns, ofRows, ofColumns };
  return { json, bytes: [new Uint8Array(values.buffer)] };
}
