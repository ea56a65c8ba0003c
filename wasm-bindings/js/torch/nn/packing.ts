// Sequences of different lengths, padded to one or packed without padding.
import * as ops from '../../../../build/generated/js/ops.ts';
import { tensor } from '../creation.ts';
import { int64 } from '../dtypes.ts';
import { RuntimeError, ValueError } from '../errors.ts';
import { Tensor } from '../tensor.ts';

/** Sequences as one tensor: all first steps, then all second steps, … */
export class PackedSequence {
  readonly unsortedIndices: Tensor | null;

  constructor(
    /** The steps (ΣT, *). */
    readonly data: Tensor,
    /** How many sequences each step has (T). */
    readonly batchSizes: Tensor,
    /** Where each sequence came from. */
    readonly sortedIndices: Tensor | null = null,
    unsortedIndices: Tensor | null = null,
  ) {
    this.unsortedIndices = unsortedIndices ?? (sortedIndices && ops.argsort(sortedIndices));
  }
}

/** The tensor with its batch in another order; null leaves it. */
export function permuted(input: Tensor, order: Tensor | null): Tensor {
  return order ? ops.indexSelect(input, 1, order) : input;
}

const integers = (values: number[]) => tensor(values, { dtype: int64 });

function checkLengths(lengths: number[], batch: number, enforceSorted: boolean): void {
  if (batch === 0) throw new RuntimeError('Cannot pack empty tensors.');
  if (lengths.length !== batch)
    throw new RuntimeError(
      `Expected \`len(lengths)\` to be equal to batch_size, but got ${lengths.length} (batch_size=${batch})`,
    );
  if (Math.min(...lengths) <= 0)
    throw new RuntimeError(
      "Length of all samples has to be greater than 0, but found an element in 'lengths' that is <= 0",
    );
  if (enforceSorted && lengths.some((length, i) => i > 0 && length > lengths[i - 1]))
    throw new RuntimeError(
      '`lengths` array must be sorted in decreasing order when `enforceSorted` is true. ' +
        'You can pass {enforceSorted: false} to packPaddedSequence and packSequence to sidestep this requirement.',
    );
}

interface PackOptions {
  batchFirst?: boolean;
  /** Whether the lengths fall; with false any order will do. */
  enforceSorted?: boolean;
}

/** Padded sequences, (T,B,*) or with batchFirst (B,T,*), without their padding. */
export function packPaddedSequence(
  input: Tensor,
  lengths: Tensor | readonly number[],
  { batchFirst = false, enforceSorted = true }: PackOptions = {},
): PackedSequence {
  const counts = lengths instanceof Tensor ? (lengths.tolist() as number[]) : [...lengths];
  const batch = input.size(batchFirst ? 0 : 1);
  const steps = input.size(batchFirst ? 1 : 0);
  checkLengths(counts, batch, enforceSorted);
  const order = counts.map((_, i) => i);
  if (!enforceSorted) order.sort((a, b) => counts[b] - counts[a]);
  const longest = Math.max(...counts);
  const sizes = Array.from({ length: longest }, (_, t) => counts.filter((length) => length > t).length);
  const rows = sizes
    .slice(0, steps)
    .flatMap((size, t) => order.slice(0, size).map((b) => (batchFirst ? b * steps + t : t * batch + b)));
  const flat = ops.reshape(input, [steps * batch, ...input.shape.slice(2)]);
  const data = ops.indexSelect(flat, 0, integers(rows));
  return new PackedSequence(data, integers(sizes), enforceSorted ? null : integers(order));
}

interface PadOptions {
  batchFirst?: boolean;
  paddingValue?: number;
  totalLength?: number;
}

/** [padded sequences, lengths]: the way back from packPaddedSequence. */
export function padPackedSequence(
  sequence: PackedSequence,
  { batchFirst = false, paddingValue = 0, totalLength }: PadOptions = {},
): [padded: Tensor, lengths: Tensor] {
  const sizes = sequence.batchSizes.tolist() as number[];
  const { data } = sequence;
  const batch = sizes[0];
  const longest = totalLength ?? sizes.length;
  if (longest < sizes.length)
    throw new ValueError(
      'Expected total_length to be at least the length of the longest sequence in input, but got ' +
        `total_length=${totalLength} and max sequence length being ${sizes.length}`,
    );
  const starts = [0];
  for (const size of sizes) starts.push((starts.at(-1) ?? 0) + size);
  const order = (sequence.unsortedIndices?.tolist() as number[]) ?? Array.from({ length: batch }, (_, b) => b);
  const steps = Array.from({ length: longest }, (_, t) => t);
  const row = (t: number, b: number) => (b < (sizes[t] ?? 0) ? starts[t] + b : data.size(0));
  const rows = batchFirst
    ? order.flatMap((b) => steps.map((t) => row(t, b)))
    : steps.flatMap((t) => order.map((b) => row(t, b)));
  const rest = data.shape.slice(1);
  const filled = ops.cat([data, ops.full([1, ...rest], paddingValue, data.dtype)], 0);
  const shape = [...(batchFirst ? [batch, longest] : [longest, batch]), ...rest];
  const lengths = order.map((b) => sizes.filter((size) => b < size).length);
  return [ops.reshape(ops.indexSelect(filled, 0, integers(rows)), shape), integers(lengths)];
}

/** Sequences (T,*) of different lengths as one padded tensor, (T,B,*) or with batchFirst (B,T,*). */
export function padSequence(
  sequences: readonly Tensor[],
  { batchFirst = false, paddingValue = 0 }: { batchFirst?: boolean; paddingValue?: number } = {},
): Tensor {
  if (sequences.length === 0) throw new RuntimeError('received an empty list of sequences');
  const longest = Math.max(...sequences.map((sequence) => sequence.size(0)));
  const parts = sequences.map((sequence) => {
    const more = longest - sequence.size(0);
    const sides = new Array(2 * (sequence.dim() - 1)).fill(0);
    return more ? ops.pad(sequence, [...sides, 0, more], paddingValue) : sequence;
  });
  return ops.stack(parts, batchFirst ? 0 : 1);
}

/** Sequences (T,*) of different lengths, packed. */
export function packSequence(
  sequences: readonly Tensor[],
  { enforceSorted = true }: { enforceSorted?: boolean } = {},
): PackedSequence {
  const lengths = sequences.map((sequence) => sequence.size(0));
  return packPaddedSequence(padSequence(sequences), lengths, { enforceSorted });
}
