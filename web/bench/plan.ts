/** What is measured: the works, how often each is repeated, and what the project wants to reach. */

import type { Target } from './figures.mjs';

export type Cell = 'lstm' | 'gru' | 'rnn';

/** Sizes of a one-layer model: input features, hidden features, sequences, time steps. */
export interface Sizes {
  inputs: number;
  hidden: number;
  batch: number;
  steps: number;
}

/** What `answer` of workloads.py takes. */
export interface Request {
  work: string;
  cell: Cell;
  sizes?: Sizes;
  repeats: number;
  blocks: number;
}

export interface Work {
  /** Its first word is the group, by which a run is narrowed. */
  id: string;
  name: string;
  request: Request;
  /** TensorFlow.js has the same work. */
  tensorflow: boolean;
  /** Multiplications and additions of one call, each counted; where the work is held against the machine's peak. */
  flops?: number;
  targets: { pytorch?: Target; tensorflow?: Target; peak?: Target };
}

const gates = { lstm: 4, gru: 3, rnn: 1 };
const names = { lstm: 'LSTM', gru: 'GRU', rnn: 'RNN' };

/** Flops of a training step's matrix products: forward, and as many again for the inputs' and for the weights' gradients. */
export function trainingFlops(cell: Cell, { inputs, hidden, batch, steps }: Sizes): number {
  return 3 * 2 * steps * batch * gates[cell] * hidden * (inputs + hidden);
}

/** A training step of one recurrent layer, Linear, mean squared error and Adam. */
export function shapeRequest(cell: Cell, sizes: Sizes): Request {
  const repeats = Math.max(1, Math.min(100, Math.round(1e9 / trainingFlops(cell, sizes))));
  return { work: 'shape', cell, sizes, repeats, blocks: 3 };
}

function shape(group: string, cell: Cell, sizes: Sizes, targets: Work['targets']): Work {
  const tensorflow = targets.tensorflow !== undefined;
  const name = `${group} ${names[cell]}, training step`;
  return { id: `${group} ${cell}`, name, request: shapeRequest(cell, sizes), tensorflow, targets };
}

function languageModel(cell: Cell, atMost: number): Work {
  return {
    id: `M ${cell}`,
    name: `M ${names[cell]}, training step`,
    request: { work: 'M', cell, repeats: 4, blocks: 2 },
    tensorflow: true,
    targets: { pytorch: { atMost }, tensorflow: { atLeast: 20 } },
  };
}

function classifierForward(cell: Cell, atMost: number): Work {
  return {
    id: `L ${cell} forward`,
    name: `L ${names[cell]}, forward`,
    request: { work: 'forward', cell, repeats: 1, blocks: 1 },
    tensorflow: true,
    targets: { pytorch: { atMost }, tensorflow: { atLeast: 5 } },
  };
}

function classifierTraining(cell: Cell): Work {
  const layer = { hidden: 256, batch: 32, steps: 100 };
  const layers = [300, 512].map((inputs) => 2 * trainingFlops(cell, { inputs, ...layer }));
  return {
    id: `L ${cell} train`,
    name: `L ${names[cell]}, training step`,
    request: { work: 'L', cell, repeats: 1, blocks: 1 },
    tensorflow: false,
    flops: layers[0] + layers[1],
    targets: { pytorch: { atMost: 2 }, peak: { atLeast: 60 } },
  };
}

function generation(cell: Cell): Work {
  return {
    id: `generate ${cell}`,
    name: `generate ${names[cell]}, one character`,
    request: { work: 'generate', cell, repeats: 100, blocks: 3 },
    tensorflow: false,
    targets: { pytorch: { atMost: 1.5 } },
  };
}

const smallTargets = { pytorch: { atMost: 1 }, tensorflow: { atLeast: 30 } };
const largeTargets = { pytorch: { atMost: 2 }, tensorflow: { atLeast: 5 } };
/** TensorFlow.js takes its time: of each shape that nobody tunes for it has one cell. */
const withoutTensorflow = ({ pytorch }: Work['targets']) => ({ pytorch });
const s = { inputs: 1, hidden: 32, batch: 32, steps: 50 };
const odd = { inputs: 19, hidden: 50, batch: 7, steps: 33 };
const single = { inputs: 24, hidden: 96, batch: 1, steps: 80 };
const wide = { inputs: 64, hidden: 512, batch: 16, steps: 30 };

const sizesText = ({ inputs, hidden, batch, steps }: Sizes) =>
  `one layer ${inputs} → ${hidden}, batch ${batch} × ${steps} steps, mean squared error, Adam`;

/** What the groups of works are. Nobody tunes for odd, single and wide. */
export const groups: Record<string, string> = {
  S: sizesText(s),
  M: 'a character model: Embedding 65 × 64, one layer 64 → 128, Linear 65, batch 32 × 64 steps, cross-entropy, Adam; TensorFlow.js goes without the Embedding, whose gradient it lacks',
  L: 'a text classifier: Embedding 25000 × 300, two bidirectional layers of 256, batch 32 × 100 steps, cross-entropy, Adam; TensorFlow.js cannot train it',
  odd: sizesText(odd),
  single: sizesText(single),
  wide: sizesText(wide),
  generate: 'a sampling loop in Python with the model of M: one step of batch 1, softmax, multinomial, item',
  sum: 'two tensors of 64 numbers, recorded for the gradient',
  hand: 'a cell written from its equations, hidden 64, batch 32 × 50 steps',
};

/** In the order of the table. */
export const works: Work[] = [
  shape('S', 'lstm', s, smallTargets),
  shape('S', 'gru', s, smallTargets),
  shape('S', 'rnn', s, smallTargets),
  languageModel('lstm', 1.9),
  languageModel('gru', 1.1),
  languageModel('rnn', 1.1),
  classifierForward('lstm', 2.6),
  classifierForward('gru', 3.2),
  classifierTraining('lstm'),
  classifierTraining('gru'),
  shape('odd', 'lstm', odd, smallTargets),
  shape('odd', 'gru', odd, withoutTensorflow(smallTargets)),
  shape('odd', 'rnn', odd, withoutTensorflow(smallTargets)),
  shape('single', 'lstm', single, smallTargets),
  shape('single', 'gru', single, withoutTensorflow(smallTargets)),
  shape('wide', 'lstm', wide, largeTargets),
  shape('wide', 'gru', wide, withoutTensorflow(largeTargets)),
  generation('lstm'),
  generation('gru'),
  {
    id: 'sum',
    name: 'sum, one a + b',
    request: { work: 'sum', cell: 'lstm', repeats: 2000, blocks: 5 },
    tensorflow: false,
    targets: {},
  },
  {
    id: 'hand',
    name: 'hand LSTM, forward and backward',
    request: { work: 'hand', cell: 'lstm', repeats: 3, blocks: 2 },
    tensorflow: false,
    targets: {},
  },
];
