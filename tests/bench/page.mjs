// The browser's side of the benchmark: window.unroll(variant) and window.tensorflow() make a timer each.
import { loadPyodide } from '/node_modules/pyodide/pyodide.mjs';
import { loadEngine } from '/wasm-bindings/js/engine.mjs';
import { installTorch } from '/wasm-bindings/js/python.mjs';

const fetched = async (url) => new Uint8Array(await (await fetch(url)).arrayBuffer());

/** Starts a Python with one build of the engine; returns nothing, unrollTime() measures in it. */
const pythons = {};
window.startUnroll = async (variant) => {
  const pyodide = await loadPyodide({ indexURL: '/node_modules/pyodide/' });
  const engine = await loadEngine({ variant });
  installTorch(pyodide, engine, await fetched('/build/generated/torch.zip'));
  pyodide.FS.writeFile('workloads.py', await fetched('/tests/bench/workloads.py'));
  pyodide.runPython('import workloads');
  pythons[variant] = { pyodide, engine };
};

/** Milliseconds of each repeat, and the engine's memory in bytes. */
window.unrollTime = (variant, name, cell, kind, repeats) => {
  const { pyodide, engine } = pythons[variant];
  const times = pyodide.runPython(`workloads.measure("${name}", "${cell}", "${kind}", ${repeats})`);
  return { times: times.toJs(), memory: engine.memoryBytes() };
};

const tf = window.tf;

function tfModel(name, cell) {
  const recurrent = (units, options) =>
    cell === 'gru'
      ? tf.layers.gru({ units, ...options })
      : cell === 'rnn'
        ? tf.layers.simpleRNN({ units, ...options })
        : tf.layers.lstm({ units, ...options });
  const model = tf.sequential();
  if (name === 'S') {
    model.add(recurrent(32, { inputShape: [50, 1], returnSequences: true }));
    model.add(tf.layers.dense({ units: 1 }));
    model.compile({ optimizer: tf.train.adam(1e-3), loss: 'meanSquaredError' });
    return { model, x: tf.randomNormal([32, 50, 1]), y: tf.randomNormal([32, 50, 1]) };
  }
  if (name === 'M') {
    // Without the Embedding: TensorFlow.js's WASM backend has no gradient for it.
    model.add(recurrent(128, { inputShape: [64, 64], returnSequences: true }));
    model.add(tf.layers.dense({ units: 65, activation: 'softmax' }));
    model.compile({ optimizer: tf.train.adam(1e-3), loss: 'categoricalCrossentropy' });
    const classes = tf.randomUniform([32 * 64], 0, 65, 'int32');
    return { model, x: tf.randomNormal([32, 64, 64]), y: tf.oneHot(classes, 65).reshape([32, 64, 65]) };
  }
  model.add(tf.layers.embedding({ inputDim: 25000, outputDim: 300, inputLength: 100 }));
  model.add(tf.layers.bidirectional({ layer: recurrent(256, { returnSequences: true }), mergeMode: 'concat' }));
  model.add(tf.layers.bidirectional({ layer: recurrent(256, {}), mergeMode: 'concat' }));
  model.add(tf.layers.dense({ units: 2 }));
  return { model, x: tf.randomUniform([32, 100], 0, 25000, 'int32') };
}

const tfMade = {};

/** Milliseconds of each repeat in TensorFlow.js's WASM backend. */
window.tensorflowTime = async (name, cell, kind, repeats) => {
  if (tf.getBackend() !== 'wasm') {
    tf.wasm.setWasmPaths('/node_modules/@tensorflow/tfjs-backend-wasm/dist/');
    await tf.setBackend('wasm');
  }
  const key = name + cell;
  if (!tfMade[key]) tfMade[key] = tfModel(name, cell);
  const { model, x, y } = tfMade[key];
  const step = async () => {
    if (kind === 'train') return model.trainOnBatch(x, y);
    const output = tf.tidy(() => model.predict(x));
    await output.data();
    output.dispose();
  };
  if (!tfMade[key].warm) {
    for (let i = 0; i < (name === 'L' ? 1 : 3); ++i) await step();
    tfMade[key].warm = true;
  }
  const times = [];
  for (let i = 0; i < repeats; ++i) {
    const start = performance.now();
    await step();
    times.push(performance.now() - start);
  }
  return times;
};

window.benchReady = true;
