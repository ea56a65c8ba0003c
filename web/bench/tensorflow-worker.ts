/** TensorFlow.js with its WASM backend in a worker: the works that it can do, as its users write them. */

import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import type { Cell, Request, Sizes } from './plan';

type Recurrent = Parameters<typeof tf.layers.lstm>[0];

const layers: Record<Cell, (args: Recurrent) => tf.RNN> = {
  lstm: (args) => tf.layers.lstm(args),
  gru: (args) => tf.layers.gru(args),
  rnn: (args) => tf.layers.simpleRNN(args),
};

/** A recurrent layer whose weights are there at once: orthogonal ones, its default, take many seconds to make. */
const recurrent = (cell: Cell, args: Recurrent) => layers[cell]({ ...args, recurrentInitializer: 'glorotUniform' });

/** Does a work once. */
type Call = () => Promise<unknown>;

function trained(model: tf.Sequential, loss: string, x: tf.Tensor, y: tf.Tensor): Call {
  model.compile({ optimizer: tf.train.adam(1e-3), loss });
  return () => model.trainOnBatch(x, y);
}

function shape(cell: Cell, { inputs, hidden, batch, steps }: Sizes): Call {
  const model = tf.sequential();
  model.add(recurrent(cell, { units: hidden, inputShape: [steps, inputs], returnSequences: true }));
  model.add(tf.layers.dense({ units: 1 }));
  return trained(
    model,
    'meanSquaredError',
    tf.randomNormal([batch, steps, inputs]),
    tf.randomNormal([batch, steps, 1]),
  );
}

/** Without the Embedding, whose gradient the WASM backend lacks. */
function languageModel(cell: Cell): Call {
  const model = tf.sequential();
  model.add(recurrent(cell, { units: 128, inputShape: [64, 64], returnSequences: true }));
  model.add(tf.layers.dense({ units: 65, activation: 'softmax' }));
  const classes = tf.randomUniform([32 * 64], 0, 65, 'int32');
  const y = tf.oneHot(classes, 65).reshape([32, 64, 65]);
  return trained(model, 'categoricalCrossentropy', tf.randomNormal([32, 64, 64]), y);
}

function classifierForward(cell: Cell): Call {
  const model = tf.sequential();
  const bidirectional = (returnSequences: boolean) =>
    tf.layers.bidirectional({ layer: recurrent(cell, { units: 256, returnSequences }), mergeMode: 'concat' });
  model.add(tf.layers.embedding({ inputDim: 25000, outputDim: 300, inputLength: 100 }));
  model.add(bidirectional(true));
  model.add(bidirectional(false));
  model.add(tf.layers.dense({ units: 2 }));
  const x = tf.randomUniform([32, 100], 0, 25000, 'int32');
  return async () => {
    const output = tf.tidy(() => model.predict(x) as tf.Tensor);
    await output.data();
    output.dispose();
  };
}

function make({ work, cell, sizes }: Request): Call {
  if (work === 'shape' && sizes) return shape(cell, sizes);
  return work === 'M' ? languageModel(cell) : classifierForward(cell);
}

async function start(): Promise<void> {
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  // It wants an address for each of its builds; without threads, and where Unroll runs, it takes this one.
  const builds = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm-threaded-simd.wasm'];
  setWasmPaths(Object.fromEntries(builds.map((name) => [name, new URL(simdUrl, import.meta.url).href])));
  if (!(await tf.setBackend('wasm'))) throw new Error('the WASM backend of TensorFlow.js does not start');
}

let call: Promise<Call> | undefined;

/** Milliseconds of a call, the mean of as many as fit `span`, one at least. */
async function callsIn(span: number, once: Call): Promise<number> {
  const began = performance.now();
  let calls = 0;
  do {
    await once();
    ++calls;
  } while (performance.now() - began < span);
  return (performance.now() - began) / calls;
}

/** Milliseconds of a work; a second of calls that nobody counts goes before the first. */
async function time(request: Request): Promise<number> {
  call ??= start().then(async () => {
    const made = make(request);
    await callsIn(1000, made);
    return made;
  });
  return callsIn(200, await call);
}

self.onmessage = ({ data: request }: MessageEvent<Request>) => {
  time(request).then(
    (milliseconds) => self.postMessage({ milliseconds }),
    (error) => self.postMessage({ error: String(error?.message ?? error) }),
  );
};
