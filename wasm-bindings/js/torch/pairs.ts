import { inspect } from './symbols.ts';
import type { Tensor } from './tensor.ts';

/** Values and where they were found. `const [values, indices] = x.sort()` works as well as the names. */
export class ValuesAndIndices implements Iterable<Tensor> {
  constructor(
    readonly values: Tensor,
    readonly indices: Tensor,
  ) {}

  *[Symbol.iterator](): Generator<Tensor, void, undefined> {
    yield this.values;
    yield this.indices;
  }

  toString(): string {
    return `{ values: ${this.values}, indices: ${this.indices} }`;
  }

  [inspect](): string {
    return String(this);
  }
}
