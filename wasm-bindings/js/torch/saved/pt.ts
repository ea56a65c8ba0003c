// Weights as torch.save writes them: a zip with a pickle that names the tensors, and an entry with the bytes of each.
import * as ops from '../../../../build/generated/js/ops.ts';
import { checked, engine, handleOf, wrap } from '../core.ts';
import { byCode, type DType, scalarNames } from '../dtypes.ts';
import { RuntimeError } from '../errors.ts';
import type { Tensor } from '../tensor.ts';
import { Call, Global, Persistent, pickle, Tuple, unpickle } from './pickle.ts';
import { unzip, zip } from './zip.ts';

const rebuild = new Global('torch._utils._rebuild_tensor_v2');
const orderedDict = new Global('collections.OrderedDict');
const storageOf = (dtype: DType) => new Global(`torch.${scalarNames[dtype.code]}Storage`);

/** The bytes of a `.pt` file with these tensors. */
export function savePt(state: Record<string, Tensor>): Uint8Array<ArrayBuffer> {
  const data: [string, Uint8Array][] = [];
  const values: [string, Call][] = [];
  for (const [name, tensor] of Object.entries(state)) {
    const { shape, dtype } = tensor;
    const key = String(data.length);
    data.push([`archive/data/${key}`, checked(engine().toBytes(handleOf(tensor)))]);
    const storage = new Persistent(new Tuple(['storage', storageOf(dtype), key, 'cpu', tensor.numel()]));
    const strides = shape.map((_, d) => shape.slice(d + 1).reduce((product, size) => product * size, 1));
    const parts = [storage, 0, new Tuple(shape), new Tuple(strides), false, new Call(orderedDict, [])];
    values.push([name, new Call(rebuild, parts)]);
  }
  const text = (value: string) => new TextEncoder().encode(value);
  return zip([
    ['archive/data.pkl', pickle(Object.fromEntries(values))],
    ['archive/byteorder', text('little')],
    ...data,
    ['archive/version', text('3\n')],
  ]);
}

/** The tensors of a `.pt` file with a dict of tensors, by name. */
export function loadPt(bytes: Uint8Array): Record<string, Tensor> {
  const entries = unzip(bytes);
  const data = entries.get('data.pkl');
  if (!data) throw new RuntimeError('load(): this zip is no file of torch.save');
  if (new TextDecoder().decode(entries.get('byteorder')) === 'big')
    throw new RuntimeError('load(): this file has its numbers in big-endian order, which Unroll does not read');
  const value = unpickle(data);
  if (!(value instanceof Map))
    throw new RuntimeError(
      'load() takes a .pt file with a state_dict: tensors by name. This one holds something else.',
    );
  const storages = new Map<string, Tensor>();
  // fromEntries makes a property of any name, __proto__ too.
  return Object.fromEntries(
    Array.from(value, ([name, item]) => {
      if (typeof name !== 'string')
        throw new RuntimeError('load() takes a .pt file with tensors by name; a name is no text');
      return [name, tensorOf(name, item, entries, storages)];
    }),
  );
}

/** A count, an offset or a size. */
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
/** More dimensions than any tensor of weights has. */
const mostDims = 64;
const areCounts = (value: unknown): value is Tuple =>
  value instanceof Tuple && value.items.length <= mostDims && value.items.every(isCount);

/** The part of its storage that a tensor is; tensors of one storage share their memory, as in PyTorch. */
function tensorOf(
  name: string,
  item: unknown,
  entries: Map<string, Uint8Array>,
  storages: Map<string, Tensor>,
): Tensor {
  const wrong = (why: string) => new RuntimeError(`load(): tensor '${name.slice(0, 200)}' ${why}`);
  const inner = item instanceof Call && item.callee.name === 'torch._utils._rebuild_parameter' ? item.args[0] : item;
  if (!(inner instanceof Call) || inner.callee.name !== rebuild.name)
    throw wrong('is none: load() takes a .pt file with tensors by name. Save model.state_dict().');
  const [place, offset, size, stride] = inner.args;
  if (!(isCount(offset) && areCounts(size) && areCounts(stride) && size.items.length === stride.items.length))
    throw wrong('has an offset, sizes and strides that no tensor has');
  const storage = readStorage(place, entries, storages, wrong);
  const [sizes, strides] = [size.items as number[], stride.items as number[]];
  const last = sizes.reduce((end, n, d) => end + (n - 1) * strides[d], offset);
  if (!sizes.includes(0) && last >= storage.numel())
    throw wrong(`reaches to element ${last} of a storage of ${storage.numel()}`);
  if (!isCount(sizes.reduce((product, n) => product * Math.max(n, 1), 1))) throw wrong('has too many elements');
  return ops.asStrided(storage, sizes, strides, offset);
}

/** All elements of a storage: what a file names by its type, its record and a count. */
function readStorage(
  place: unknown,
  entries: Map<string, Uint8Array>,
  storages: Map<string, Tensor>,
  wrong: (why: string) => Error,
): Tensor {
  const id = place instanceof Persistent ? place.id : null;
  const [what, kind, key, , count] = id instanceof Tuple ? id.items : [];
  if (what !== 'storage' || !(kind instanceof Global) || typeof key !== 'string')
    throw new RuntimeError('Weights only load failed: Only persistent_load of storage is allowed');
  const known = storages.get(key);
  if (known) return known;
  const dtype = byCode.find((type) => storageOf(type).name === kind.name);
  const bytes = entries.get(`data/${key}`);
  if (!dtype || !bytes) throw wrong(`is a ${kind.name.slice(0, 200)}, which Unroll does not know`);
  if (!isCount(count)) throw wrong('has a storage without a number of elements');
  if (count * dtype.itemsize > bytes.length)
    throw wrong(`needs ${count * dtype.itemsize} bytes of a storage of ${bytes.length}`);
  const whole = bytes.subarray(0, count * dtype.itemsize);
  const storage = wrap(checked(engine().fromBytes(dtype.code, whole, count)));
  storages.set(key, storage);
  return storage;
}
