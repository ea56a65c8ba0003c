import * as ops from '../../../../build/generated/js/ops.ts';
import { noGrad } from '../autograd.ts';
import { empty, type TensorOptions } from '../creation.ts';
import { ValueError } from '../errors.ts';
import { Parameter } from '../parameter.ts';
import type { Tensor } from '../tensor.ts';
import { embedding } from './functional.ts';
import * as init from './init.ts';
import { Module } from './module.ts';

/** Returns its input. */
export class Identity extends Module<[input: Tensor], Tensor> {
  override forward(input: Tensor): Tensor {
    return input;
  }
}

/** Options of Linear. */
export interface LinearOptions extends Pick<TensorOptions, 'dtype'> {
  bias?: boolean;
}

/** x Wᵀ + b. Shapes: x (*, inFeatures) → (*, outFeatures). */
export class Linear extends Module<[input: Tensor], Tensor> {
  weight: Parameter;
  bias: Parameter | null;

  constructor(
    readonly inFeatures: number,
    readonly outFeatures: number,
    { bias = true, dtype }: LinearOptions = {},
  ) {
    super();
    this.weight = new Parameter(empty([outFeatures, inFeatures], { dtype }));
    this.bias = bias ? new Parameter(empty([outFeatures], { dtype })) : null;
    this.resetParameters();
  }

  /** Draws weight and bias from U(−1/√inFeatures, 1/√inFeatures). */
  resetParameters(): void {
    init.kaimingUniform_(this.weight, { a: Math.sqrt(5) });
    const bound = this.inFeatures > 0 ? 1 / Math.sqrt(this.inFeatures) : 0;
    if (this.bias) init.uniform_(this.bias, -bound, bound);
  }

  override forward(input: Tensor): Tensor {
    return ops.linear(input, this.weight, this.bias);
  }

  override extraRepr(): string {
    const bias = this.bias ? 'True' : 'False';
    return `in_features=${this.inFeatures}, out_features=${this.outFeatures}, bias=${bias}`;
  }
}

/** Options of Embedding. */
export interface EmbeddingOptions extends Pick<TensorOptions, 'dtype'> {
  /** The index whose row stays zero and gets no gradient. */
  paddingIdx?: number | null;
}

/** Rows of a table at the given indices. Shapes: (*) int64 → (*, embeddingDim). */
export class Embedding extends Module<[input: Tensor], Tensor> {
  weight: Parameter;
  readonly paddingIdx: number | null;

  constructor(
    readonly numEmbeddings: number,
    readonly embeddingDim: number,
    { paddingIdx = null, dtype }: EmbeddingOptions = {},
  ) {
    super();
    if (paddingIdx !== null && (paddingIdx < -numEmbeddings || paddingIdx >= numEmbeddings))
      throw new ValueError('Padding_idx must be within num_embeddings');
    this.paddingIdx = paddingIdx !== null && paddingIdx < 0 ? numEmbeddings + paddingIdx : paddingIdx;
    this.weight = new Parameter(empty([numEmbeddings, embeddingDim], { dtype }));
    this.resetParameters();
  }

  /** Draws the table from N(0, 1); the padding row is zero. */
  resetParameters(): void {
    init.normal_(this.weight);
    const { paddingIdx } = this;
    if (paddingIdx !== null) noGrad(() => ops.zero_(this.weight.at(paddingIdx)));
  }

  override forward(input: Tensor): Tensor {
    return embedding(input, this.weight, { paddingIdx: this.paddingIdx });
  }

  override extraRepr(): string {
    const padding = this.paddingIdx === null ? '' : `, padding_idx=${this.paddingIdx}`;
    return `${this.numEmbeddings}, ${this.embeddingDim}${padding}`;
  }

  /** An Embedding over a given table, not trained unless freeze is false. */
  static fromPretrained(table: Tensor, { freeze = true, paddingIdx = null as number | null } = {}): Embedding {
    const [rows, columns] = table.shape;
    const made = new Embedding(rows, columns, { paddingIdx });
    made.weight = new Parameter(table, !freeze);
    return made;
  }
}
