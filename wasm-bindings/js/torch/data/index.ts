/** Datasets and batches of them. With a seed, the order is PyTorch's. */
import * as ops from '../../../../build/generated/js/ops.ts';
import { tensor } from '../creation.ts';
import { int64 } from '../dtypes.ts';
import { IndexError, RuntimeError, ValueError } from '../errors.ts';
import { drawSeed, Generator as RandomStream, randperm } from '../random.ts';
import { Tensor } from '../tensor.ts';

/** Items by number. */
export interface Dataset<Item> {
  readonly length: number;
  at(index: number): Item;
}

/** Rows of tensors that belong together: item i is row i of each. */
export class TensorDataset implements Dataset<Tensor[]> {
  readonly tensors: Tensor[];

  constructor(...tensors: Tensor[]) {
    if (tensors.some((tensor) => tensor.size(0) !== tensors[0].size(0)))
      throw new RuntimeError('Size mismatch between tensors');
    this.tensors = tensors;
  }

  get length(): number {
    return this.tensors[0].size(0);
  }

  at(index: number): Tensor[] {
    return this.tensors.map((tensor) => tensor.at(index));
  }
}

/** Some of the items of a dataset. */
export class Subset<Item> implements Dataset<Item> {
  constructor(
    readonly dataset: Dataset<Item>,
    readonly indices: readonly number[],
  ) {}

  get length(): number {
    return this.indices.length;
  }

  at(index: number): Item {
    const found = this.indices.at(index);
    if (found === undefined) throw new IndexError(`index ${index} is out of range`);
    return this.dataset.at(found);
  }
}

/** A dataset split at random into parts of these lengths. */
export function randomSplit<Item>(
  dataset: Dataset<Item>,
  lengths: readonly number[],
  { generator }: { generator?: RandomStream } = {},
): Subset<Item>[] {
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (total !== dataset.length)
    throw new ValueError('Sum of input lengths does not equal the length of the input dataset!');
  const order = randperm(total, { generator }).tolist() as number[];
  let start = 0;
  return lengths.map((length) => {
    start += length;
    return new Subset(dataset, order.slice(start - length, start));
  });
}

/** Items of a batch as one: tensors stacked, numbers as a tensor, arrays and objects item by item. */
export function defaultCollate(items: readonly unknown[]): unknown {
  const [first] = items;
  if (first instanceof Tensor) return ops.stack(items as Tensor[], 0);
  if (typeof first === 'number' || typeof first === 'boolean') return tensor(items as number[]);
  if (typeof first === 'bigint') return tensor(items as bigint[]);
  if (Array.isArray(first)) return first.map((_, i) => defaultCollate(items.map((item) => (item as unknown[])[i])));
  if (typeof first !== 'object' || first === null) return [...items];
  const names = Object.keys(first);
  return Object.fromEntries(
    names.map((name) => [name, defaultCollate(items.map((item) => (item as Record<string, unknown>)[name]))]),
  );
}

/** Options of a DataLoader. */
export interface DataLoaderOptions {
  batchSize?: number;
  /** Goes through the items in a new random order each time. */
  shuffle?: boolean;
  /** Leaves out a last batch that is smaller. */
  dropLast?: boolean;
  generator?: RandomStream;
  collateFn?: (items: unknown[]) => unknown;
}

/** Batches of a dataset, one pass each time it is gone through: `for (const [x, y] of loader)`. */
// biome-ignore lint/suspicious/noExplicitAny: what a batch is depends on the items
export class DataLoader<Batch = any> implements Iterable<Batch> {
  private readonly options: Required<Omit<DataLoaderOptions, 'generator'>> & { generator?: RandomStream };

  constructor(
    readonly dataset: Dataset<unknown>,
    options: DataLoaderOptions = {},
  ) {
    this.options = { batchSize: 1, shuffle: false, dropLast: false, collateFn: defaultCollate, ...options };
    const { batchSize } = this.options;
    if (!Number.isInteger(batchSize) || batchSize <= 0)
      throw new ValueError(`batch_size should be a positive integer value, but got batch_size=${batchSize}`);
  }

  /** The number of batches. */
  get length(): number {
    const count = this.dataset.length / this.options.batchSize;
    return this.options.dropLast ? Math.floor(count) : Math.ceil(count);
  }

  private order(): number[] {
    const { shuffle, generator } = this.options;
    const { length } = this.dataset;
    // PyTorch draws a seed for its workers before the sampler draws anything.
    drawSeed(generator);
    if (!shuffle) return Array.from({ length }, (_, i) => i);
    return randperm(length, { generator: generator ?? new RandomStream().manualSeed(drawSeed()) }).tolist() as number[];
  }

  *[Symbol.iterator](): Generator<Batch, void, undefined> {
    const { batchSize, collateFn } = this.options;
    const order = this.order();
    for (let i = 0; i < this.length; ++i)
      yield this.batch(order.slice(i * batchSize, (i + 1) * batchSize), collateFn) as Batch;
  }

  private batch(indices: number[], collate: (items: unknown[]) => unknown): unknown {
    const { dataset } = this;
    if (dataset instanceof TensorDataset && collate === defaultCollate) {
      const rows = tensor(indices, { dtype: int64 });
      return dataset.tensors.map((source) => ops.indexSelect(source, 0, rows));
    }
    return collate(indices.map((index) => dataset.at(index)));
  }
}
