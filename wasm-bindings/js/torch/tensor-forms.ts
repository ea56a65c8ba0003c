// Methods whose arguments have forms of their own.
import { TensorMethods } from '../../../build/generated/js/tensor-methods.ts';
import * as forms from './forms.ts';
import { overwrite, self } from './named.ts';
import type { ValuesAndIndices } from './pairs.ts';
import * as random from './random.ts';
import type { Tensor } from './tensor.ts';

type Sizes = number[] | [readonly number[]];
type Drawn = { generator?: random.Generator };

/** The methods of a tensor that are written by hand. */
export class TensorForms extends TensorMethods {
  /** Another shape over the same memory; one size may be -1. */
  view(...sizes: Sizes): Tensor {
    return forms.view(self(this), ...sizes);
  }

  /** Another shape; a view where possible. One size may be -1. */
  reshape(...sizes: Sizes): Tensor {
    return forms.reshape(self(this), ...sizes);
  }

  /** Dims in another order. */
  permute(...dims: Sizes): Tensor {
    return forms.permute(self(this), ...dims);
  }

  /** Dims of size 1 repeated without a copy; -1 leaves a size as it is. */
  expand(...sizes: Sizes): Tensor {
    return forms.expand(self(this), ...sizes);
  }

  /** The tensor in the shape of another one, without a copy. */
  expandAs(other: Tensor): Tensor {
    return forms.expand(self(this), other.shape);
  }

  /** The values in the shape of another tensor. */
  viewAs(other: Tensor): Tensor {
    return forms.view(self(this), other.shape);
  }

  /** Tiled so often along each dim. */
  repeat(...sizes: Sizes): Tensor {
    return forms.repeat(self(this), ...sizes);
  }

  /** Parts of one size (the last may be smaller), or of the sizes listed, as views. */
  split(sizes: number | readonly number[], dim = 0): Tensor[] {
    return forms.split(self(this), sizes, dim);
  }

  /** The matrix transposed; all dims turned around. */
  get T(): Tensor {
    const tensor = self(this);
    return forms.permute(tensor, tensor.shape.map((_, dim) => dim).reverse());
  }

  /** The last two dims swapped. */
  get mT(): Tensor {
    return self(this).transpose(-2, -1);
  }

  /** The quotient; roundingMode is null, 'trunc' or 'floor'. */
  div(other: Tensor | number, options: { roundingMode?: 'trunc' | 'floor' | null } = {}): Tensor {
    return forms.div(self(this), other, options);
  }

  /** The quotient, in place. */
  div_(other: Tensor | number, options: { roundingMode?: 'trunc' | 'floor' | null } = {}): this {
    return overwrite(this, forms.div(self(this), other, options));
  }

  /** The quotient, rounded down. */
  floorDivide(other: Tensor | number): Tensor {
    return forms.floorDivide(self(this), other);
  }

  /** The largest value; along dim with its index; or of two tensors, element by element. */
  max(): Tensor;
  max(other: Tensor): Tensor;
  max(dim: number | { dim: number; keepdim?: boolean }, keepdim?: boolean | { keepdim?: boolean }): ValuesAndIndices;
  max(...given: unknown[]): Tensor | ValuesAndIndices {
    return forms.max(self(this), ...(given as []));
  }

  /** The smallest value; along dim with its index; or of two tensors, element by element. */
  min(): Tensor;
  min(other: Tensor): Tensor;
  min(dim: number | { dim: number; keepdim?: boolean }, keepdim?: boolean | { keepdim?: boolean }): ValuesAndIndices;
  min(...given: unknown[]): Tensor | ValuesAndIndices {
    return forms.min(self(this), ...(given as []));
  }

  /** The lower middle; along dim with its index. */
  median(): Tensor;
  median(dim: number | { dim: number; keepdim?: boolean }, keepdim?: boolean | { keepdim?: boolean }): ValuesAndIndices;
  median(...given: unknown[]): Tensor | ValuesAndIndices {
    return forms.median(self(this), ...(given as []));
  }

  /** The indices of all elements that are not zero, one a row; or one tensor a dimension. */
  nonzero(): Tensor;
  nonzero(options: { asTuple: true }): Tensor[];
  nonzero(options: { asTuple?: boolean } = {}): Tensor | Tensor[] {
    return forms.nonzero(self(this), options as { asTuple: true });
  }

  /** Fills with uniform random numbers. */
  uniform_(from = 0, to = 1, options: Drawn = {}): this {
    random.fillUniform(self(this), from, to, options.generator);
    return this;
  }

  /** Fills with normal random numbers. */
  normal_(mean = 0, std = 1, options: Drawn = {}): this {
    random.fillNormal(self(this), mean, std, options.generator);
    return this;
  }

  /** Fills with 1 (probability p) and 0. */
  bernoulli_(p = 0.5, options: Drawn = {}): this {
    random.fillBernoulli(self(this), p, options.generator);
    return this;
  }

  /** Fills with random integers of [from, to). */
  random_(from: number, to: number, options: Drawn = {}): this {
    random.fillIntegers(self(this), from, to, options.generator);
    return this;
  }

  /** Indices drawn from the rows of this tensor, which holds weights. */
  multinomial(numSamples: number, replacement: boolean | ({ replacement?: boolean } & Drawn) = false): Tensor {
    return random.multinomial(self(this), numSamples, replacement);
  }
}
