// Weights as bytes, in the formats that PyTorch reads and writes.
import { typeName, ValueError } from '../errors.ts';
import { Tensor } from '../tensor.ts';
import { loadPt, savePt } from './pt.ts';
import { loadSafetensors, saveSafetensors } from './safetensors.ts';

/**
 * The bytes of a file with these tensors, as model.stateDict() gives them: 'safetensors' (safetensors.torch.load_file reads it)
 * or 'pt' (torch.load reads it).
 */
export function save(
  state: Record<string, Tensor>,
  { format = 'safetensors' }: { format?: 'safetensors' | 'pt' } = {},
): Uint8Array<ArrayBuffer> {
  for (const [name, tensor] of Object.entries(state))
    if (!(tensor instanceof Tensor))
      throw new TypeError(
        `save() takes tensors by name, as model.stateDict() gives them; '${name}' is ${typeName(tensor)}`,
      );
  if (format !== 'safetensors' && format !== 'pt')
    throw new ValueError(`save() writes 'safetensors' and 'pt', not '${format}'`);
  return format === 'pt' ? savePt(state) : saveSafetensors(state);
}

/** The tensors of a .safetensors or .pt file by name, for model.loadStateDict(). */
export function load(data: Uint8Array | ArrayBuffer): Record<string, Tensor> {
  if (!(data instanceof Uint8Array) && !(data instanceof ArrayBuffer))
    throw new TypeError(`load() takes bytes (Uint8Array or ArrayBuffer), not ${typeName(data)}`);
  const bytes = data instanceof Uint8Array ? data : new Uint8Array(data);
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  return isZip ? loadPt(bytes) : loadSafetensors(bytes);
}
