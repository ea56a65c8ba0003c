// Recurrent layers. A whole stack of layers is one call of the engine.
import * as ops from '../../../../build/generated/js/ops.ts';
import { empty, type TensorOptions } from '../creation.ts';
import { RuntimeError, typeName, ValueError } from '../errors.ts';
import { Parameter } from '../parameter.ts';
import type { Tensor } from '../tensor.ts';
import * as init from './init.ts';
import { Module } from './module.ts';
import { PackedSequence, permuted } from './packing.ts';

type Mode = keyof typeof ops.cells;

/** Options of recurrent layers. */
export interface RNNOptions extends Pick<TensorOptions, 'dtype'> {
  numLayers?: number;
  bias?: boolean;
  /** Input and output are (batch, time, features) instead of (time, batch, features). */
  batchFirst?: boolean;
  /** The probability of a zero between layers, in training. */
  dropout?: number;
  bidirectional?: boolean;
}

function checkOptions(hiddenSize: number, numLayers: number, dropout: number, projSize: number): void {
  if (typeof dropout !== 'number' || !(dropout >= 0 && dropout <= 1))
    throw new ValueError(
      'dropout should be a number in range [0, 1] representing the probability of an element being zeroed',
    );
  if (!Number.isInteger(hiddenSize))
    throw new TypeError(`hidden_size should be of type int, got: ${typeName(hiddenSize)}`);
  if (hiddenSize <= 0) throw new ValueError('hidden_size must be greater than zero');
  if (numLayers <= 0) throw new ValueError('num_layers must be greater than zero');
  if (projSize < 0) throw new ValueError('proj_size should be a positive integer or zero to disable projections');
  if (projSize >= hiddenSize) throw new ValueError('proj_size has to be smaller than hidden_size');
  if (dropout > 0 && numLayers === 1)
    console.warn(
      'UserWarning: dropout option adds dropout after all but last recurrent layer, so non-zero dropout expects ' +
        `num_layers greater than 1, but got dropout=${dropout} and num_layers=${numLayers}`,
    );
}

/** What RNN, LSTM and GRU share: options, weights and their order, the call. */
export class RNNBase<State> extends Module<
  [input: Tensor | PackedSequence, hx?: State | null],
  // biome-ignore lint/suspicious/noExplicitAny: a Tensor for a Tensor, a PackedSequence for a PackedSequence
  [output: any, state: State]
> {
  readonly numLayers: number;
  readonly batchFirst: boolean;
  readonly dropout: number;
  readonly bidirectional: boolean;
  private readonly withBias: boolean;

  constructor(
    private readonly mode: Mode,
    readonly inputSize: number,
    readonly hiddenSize: number,
    options: RNNOptions = {},
    readonly projSize: number = 0,
  ) {
    super();
    const { numLayers = 1, bias = true, batchFirst = false, dropout = 0, bidirectional = false, dtype } = options;
    checkOptions(hiddenSize, numLayers, dropout, projSize);
    this.numLayers = numLayers;
    this.withBias = bias;
    this.batchFirst = batchFirst;
    this.dropout = dropout;
    this.bidirectional = bidirectional;
    for (let layer = 0; layer < numLayers; ++layer)
      for (let direction = 0; direction < (bidirectional ? 2 : 1); ++direction)
        this.addWeights(layer, direction, dtype);
    this.resetParameters();
  }

  private addWeights(layer: number, direction: number, dtype: RNNOptions['dtype']): void {
    const gates = ops.cells[this.mode].gates * this.hiddenSize;
    const outputs = this.projSize || this.hiddenSize;
    const inputs = layer === 0 ? this.inputSize : outputs * (this.bidirectional ? 2 : 1);
    const shapes: [string, number[]][] = [
      ['weight_ih', [gates, inputs]],
      ['weight_hh', [gates, outputs]],
    ];
    if (this.withBias) shapes.push(['bias_ih', [gates]], ['bias_hh', [gates]]);
    if (this.projSize) shapes.push(['weight_hr', [this.projSize, this.hiddenSize]]);
    const suffix = `_l${layer}${direction ? '_reverse' : ''}`;
    for (const [kind, shape] of shapes)
      Object.assign(this, { [kind + suffix]: new Parameter(empty(shape, { dtype })) });
  }

  /** Draws all weights from U(−1/√hiddenSize, 1/√hiddenSize). */
  resetParameters(): void {
    const bound = 1 / Math.sqrt(this.hiddenSize);
    for (const weight of this.parameters()) init.uniform_(weight, -bound, bound);
  }

  /** A weight by PyTorch's name: `lstm.weight('weight_ih_l0')`. */
  weight(name: string): Parameter {
    const found = (this as unknown as Record<string, unknown>)[name];
    if (!(found instanceof Parameter))
      throw new RuntimeError(
        `this ${this.constructor.name} has no weight '${name}'. It has ${this.weightNames().join(', ')}.`,
      );
    return found;
  }

  private weightNames(): string[] {
    return [...this.namedParameters()].map(([name]) => name);
  }

  /** The state as a list for the engine. */
  protected states(hx: State): Tensor[] {
    return [hx as Tensor];
  }

  /** The engine's final states in the form that forward returns. */
  protected state(states: Tensor[]): State {
    return states[0] as State;
  }

  override forward(
    input: Tensor | PackedSequence,
    hx: State | null = null,
    // biome-ignore lint/suspicious/noExplicitAny: see above
  ): [output: any, state: State] {
    if (input instanceof PackedSequence) return this.forwardPacked(input, hx);
    const [output, ...states] = ops.rnn(
      input,
      hx ? this.states(hx) : [],
      [...this.parameters()],
      ops.cells[this.mode].number,
      this.numLayers,
      this.withBias,
      this.batchFirst,
      this.dropout,
      this.bidirectional,
      this.training,
    );
    return [output, this.state(states)];
  }

  private forwardPacked(packed: PackedSequence, hx: State | null): [PackedSequence, State] {
    const { data, batchSizes, sortedIndices, unsortedIndices } = packed;
    const [output, ...states] = ops.rnnPacked(
      data,
      batchSizes,
      hx ? this.states(hx).map((state) => permuted(state, sortedIndices)) : [],
      [...this.parameters()],
      ops.cells[this.mode].number,
      this.numLayers,
      this.withBias,
      this.dropout,
      this.bidirectional,
      this.training,
    );
    const final = this.state(states.map((state) => permuted(state, unsortedIndices)));
    return [new PackedSequence(output, batchSizes, sortedIndices, unsortedIndices), final];
  }

  override extraRepr(): string {
    let text = `${this.inputSize}, ${this.hiddenSize}`;
    if (this.projSize) text += `, proj_size=${this.projSize}`;
    if (this.numLayers !== 1) text += `, num_layers=${this.numLayers}`;
    if (!this.withBias) text += ', bias=False';
    if (this.batchFirst) text += ', batch_first=True';
    if (this.dropout) text += `, dropout=${Number.isInteger(this.dropout) ? `${this.dropout}.0` : this.dropout}`;
    if (this.bidirectional) text += ', bidirectional=True';
    return text;
  }
}

/** h' = tanh(W_ih x + b_ih + W_hh h + b_hh), or relu.  [Elman 1990] */
export class RNN extends RNNBase<Tensor> {
  constructor(
    inputSize: number,
    hiddenSize: number,
    { nonlinearity = 'tanh', ...options }: RNNOptions & { nonlinearity?: 'tanh' | 'relu' } = {},
  ) {
    if (nonlinearity !== 'tanh' && nonlinearity !== 'relu')
      throw new ValueError(`Unknown nonlinearity '${nonlinearity}'. Select from 'tanh' or 'relu'.`);
    super(nonlinearity === 'tanh' ? 'RNN_TANH' : 'RNN_RELU', inputSize, hiddenSize, options);
  }
}

/** Gated recurrent units; gates r, z and candidate n.  [Cho et al. 2014] */
export class GRU extends RNNBase<Tensor> {
  constructor(inputSize: number, hiddenSize: number, options: RNNOptions = {}) {
    super('GRU', inputSize, hiddenSize, options);
  }
}

/** Long short-term memory; gates i, f, o and candidate g. Its state is [h, c].  [Hochreiter & Schmidhuber 1997] */
export class LSTM extends RNNBase<[h: Tensor, c: Tensor]> {
  constructor(
    inputSize: number,
    hiddenSize: number,
    { projSize = 0, ...options }: RNNOptions & { projSize?: number } = {},
  ) {
    super('LSTM', inputSize, hiddenSize, options, projSize);
  }

  protected override states(hx: [Tensor, Tensor]): Tensor[] {
    if (!Array.isArray(hx) || hx.length !== 2)
      throw new TypeError(`the state of an LSTM is an array [h, c] of two tensors, got ${typeName(hx)}`);
    return hx;
  }

  protected override state(states: Tensor[]): [Tensor, Tensor] {
    return [states[0], states[1]];
  }
}
