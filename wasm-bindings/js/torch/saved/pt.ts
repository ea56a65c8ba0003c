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
  const values: Record<string, Call> = {};
  for (const [name, tensor] of Object.entries(state)) {
    const { shape, dtype } = tensor;
    const key = String(data.length);
    data.push([`archive/data/${key}`, checked(engine().toBytes(handleOf(tensor)))]);
    const storage = new Persistent(new Tuple(['storage', storageOf(dtype), key, 'cpu', tensor.numel()]));
    const strides = shape.map((_, d) => shape.slice(d + 1).reduce((product, size) => product * size, 1));
    values[name] = new Call(rebuild, [
      storage,
      0,
      new Tuple(shape),
      new Tuple(strides),
      false,
      new Call(orderedDict, []),
    ]);
  }
  const text = (value: string) => new TextEncoder().encode(value);
  return zip([
    ['archive/data.pkl', pickle(values)],
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
  const value = unpickle(data);
  if (!(value instanceof Map))
    throw new RuntimeError(
      'load() takes a .pt file with a state_dict: tensors by name. This one holds something else.',
    );
  const state: Record<string, Tensor> = {};
  for (const [name, item] of value) state[String(name)] = tensorOf(String(name), item, entries);
  return state;
}

function tensorOf(name: string, item: unknown, entries: Map<string, Uint8Array>): Tensor {
  if (item instanceof Call && item.callee.name === 'torch._utils._rebuild_parameter')
    return tensorOf(name, item.args[0], entries);
  if (!(item instanceof Call) || item.callee.name !== rebuild.name)
    throw new RuntimeError(`load() takes a .pt file with tensors by name; '${name}' is none. Save model.state_dict().`);
  const [storage, offset, size, stride] = item.args as [Persistent, number, Tuple, Tuple];
  const [, kind, key] = (storage.id as Tuple).items as [string, Global, string];
  const dtype = byCode.find((known) => storageOf(known).name === kind.name);
  const bytes = entries.get(`data/${key}`);
  if (!dtype || !bytes)
    throw new RuntimeError(`load(): tensor '${name}' is a ${kind.name}, which Unroll does not know`);
  const whole = wrap(checked(engine().fromBytes(dtype.code, bytes, bytes.length / dtype.itemsize)));
  return ops.clone(ops.asStrided(whole, size.items as number[], stride.items as number[], offset));
}
