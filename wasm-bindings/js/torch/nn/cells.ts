// Recurrent cells: one step of an RNN, LSTM or GRU.
import * as ops from '../../../../build/generated/js/ops.ts';
import { empty, type TensorOptions } from '../creation.ts';
import { ValueError } from '../errors.ts';
import { Parameter } from '../parameter.ts';
import type { Tensor } from '../tensor.ts';
import * as init from './init.ts';
import { Module } from './module.ts';

/** Options of cells. */
export interface CellOptions extends Pick<TensorOptions, 'dtype'> {
  bias?: boolean;
}

/** What the cells share: the sizes, the weights and their order. */
class RNNCellBase<State> extends Module<[input: Tensor, hx?: State | null], State> {
  weight_ih: Parameter;
  weight_hh: Parameter;
  bias_ih: Parameter | null;
  bias_hh: Parameter | null;

  constructor(
    readonly inputSize: number,
    readonly hiddenSize: number,
    private readonly mode: keyof typeof ops.cells,
    { bias = true, dtype }: CellOptions,
  ) {
    super();
    const rows = ops.cells[mode].gates * hiddenSize;
    this.weight_ih = new Parameter(empty([rows, inputSize], { dtype }));
    this.weight_hh = new Parameter(empty([rows, hiddenSize], { dtype }));
    this.bias_ih = bias ? new Parameter(empty([rows], { dtype })) : null;
    this.bias_hh = bias ? new Parameter(empty([rows], { dtype })) : null;
    this.resetParameters();
  }

  /** Draws all weights from U(−1/√hiddenSize, 1/√hiddenSize). */
  resetParameters(): void {
    const bound = 1 / Math.sqrt(this.hiddenSize);
    for (const weight of this.parameters()) init.uniform_(weight, -bound, bound);
  }

  /** The engine's number of the cell. */
  protected get cell(): number {
    return ops.cells[this.mode].number;
  }

  protected get weights(): [Tensor, Tensor, Tensor | null, Tensor | null] {
    return [this.weight_ih, this.weight_hh, this.bias_ih, this.bias_hh];
  }

  /** Runs a step over a batch; an input and states without a batch get one of size 1 for it. */
  protected batched(input: Tensor, states: Tensor[] | null, step: (x: Tensor, states: Tensor[]) => Tensor[]): Tensor[] {
    const { name } = this.constructor;
    const dims = input.dim();
    if (dims !== 1 && dims !== 2) throw new ValueError(`${name}: Expected input to be 1D or 2D, got ${dims}D instead`);
    for (const state of states ?? [])
      if (![1, 2].includes(state.dim()))
        throw new ValueError(`${name}: Expected hidden to be 1D or 2D, got ${state.dim()}D instead`);
    const single = dims === 1;
    const x = single ? ops.unsqueeze(input, 0) : input;
    const count = name === 'LSTMCell' ? 2 : 1;
    const zeros = () => Array.from({ length: count }, () => ops.full([x.size(0), this.hiddenSize], 0, x.dtype));
    const found = step(x, states?.map((state) => (single ? ops.unsqueeze(state, 0) : state)) ?? zeros());
    return single ? found.map((state) => ops.squeeze(state, 0)) : found;
  }

  /** The next h of a cell that has no other state. */
  protected nextState(input: Tensor, hx: Tensor | null): Tensor {
    return this.batched(input, hx && [hx], (x, [h]) => [ops.cellStep(this.cell, x, h, ...this.weights)])[0];
  }

  override extraRepr(): string {
    return `${this.inputSize}, ${this.hiddenSize}${this.bias_ih ? '' : ', bias=False'}`;
  }
}

/** One step of a plain RNN. Shapes: x (B,I), h (B,H) → (B,H). */
export class RNNCell extends RNNCellBase<Tensor> {
  readonly nonlinearity: 'tanh' | 'relu';

  constructor(
    inputSize: number,
    hiddenSize: number,
    { nonlinearity = 'tanh', ...options }: CellOptions & { nonlinearity?: 'tanh' | 'relu' } = {},
  ) {
    super(inputSize, hiddenSize, nonlinearity === 'relu' ? 'RNN_RELU' : 'RNN_TANH', options);
    this.nonlinearity = nonlinearity;
  }

  override forward(input: Tensor, hx: Tensor | null = null): Tensor {
    return this.nextState(input, hx);
  }

  override extraRepr(): string {
    return super.extraRepr() + (this.nonlinearity === 'tanh' ? '' : `, nonlinearity=${this.nonlinearity}`);
  }
}

/** One step of a GRU. Shapes: x (B,I), h (B,H) → (B,H). */
export class GRUCell extends RNNCellBase<Tensor> {
  constructor(inputSize: number, hiddenSize: number, options: CellOptions = {}) {
    super(inputSize, hiddenSize, 'GRU', options);
  }

  override forward(input: Tensor, hx: Tensor | null = null): Tensor {
    return this.nextState(input, hx);
  }
}

/** One step of an LSTM. Shapes: x (B,I), h and c (B,H) → [h, c]. */
export class LSTMCell extends RNNCellBase<[h: Tensor, c: Tensor]> {
  constructor(inputSize: number, hiddenSize: number, options: CellOptions = {}) {
    super(inputSize, hiddenSize, 'LSTM', options);
  }

  override forward(input: Tensor, hx: [Tensor, Tensor] | null = null): [Tensor, Tensor] {
    const step = (x: Tensor, [h, c]: Tensor[]) => ops.cellStepWithC(this.cell, x, h, c, ...this.weights);
    const [h, c] = this.batched(input, hx, step);
    return [h, c];
  }
}
