// Takes the figures of build/bench.json, which npm run bench writes, over into the README's table and into web/bench/stored.json, which
// the page of the benchmark opens with: node tests/bench/publish.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../../wasm-bindings/setup/places.mjs';
import { machineText, shortNumber } from '../../web/bench/figures.mjs';

const [begin, end] = ['<!-- Written by tests/bench/publish.mjs -->', '<!-- End of the figures -->'];

/** The rows of the README, by the ids of their works. */
const rows = {
  'S lstm': 'S LSTM, training',
  'S gru': 'S GRU, training',
  'S rnn': 'S RNN, training',
  'M lstm': 'M LSTM, training',
  'M gru': 'M GRU, training',
  'M rnn': 'M RNN, training',
  'L lstm forward': 'L LSTM, forward',
  'L gru forward': 'L GRU, forward',
  'L lstm train': 'L LSTM, training',
  'L gru train': 'L GRU, training',
  'generate lstm': 'one character, LSTM',
  'generate gru': 'one character, GRU',
};

/** The README's words and table for a report; rows that were not measured beside PyTorch are left out. */
export function readmeText({ environment, figures }) {
  const find = (id, against) => figures.find((figure) => figure.id === id && figure.against === against);
  const table = Object.entries(rows).flatMap(([id, name]) => {
    const native = find(id, 'PyTorch');
    if (!native) return [];
    const tensorflow = find(id, 'TensorFlow.js');
    const browser = tensorflow ? shortNumber(tensorflow.theirs) : id.endsWith('train') ? 'cannot' : '';
    const [ours, theirs] = [native.ours, native.theirs].map(shortNumber);
    return [`| ${name} | ${ours} | ${theirs} | ${shortNumber(native.value)} × | ${browser} |`];
  });
  const perCell = (id, against, words) =>
    ['lstm', 'gru'].flatMap((cell) => {
      const figure = find(id.replace('*', cell), against);
      return figure ? [`${cell.toUpperCase()} ${words(figure)}`] : [];
    });
  const peaks = perCell('L * train', 'multiply-add peak', ({ value }) => `${Math.round(value)} %`);
  const memory = perCell(
    'memory *',
    'PyTorch',
    ({ ours, theirs }) => `${Math.round(ours)} MiB (PyTorch ${Math.round(theirs)})`,
  );
  const further = [
    'medians of interleaved rounds.',
    ...(peaks.length > 0 ? [`Of the multiply-add peak of the same page training L reaches: ${peaks.join(', ')}.`] : []),
    ...(memory.length > 0 ? [`Its peak memory: ${memory.join(', ')}.`] : []),
  ];
  return `Milliseconds of one step on ${machineText(environment)}, warm, beside native PyTorch ${environment.pytorch} on one thread of the same machine (its memory
kept, denormals flushed) and TensorFlow.js 4.22 with its WebAssembly backend; ${further.join(' ')}

| one step | Unroll | PyTorch | × PyTorch | TensorFlow.js |
|---|---:|---:|---:|---:|
${table.join('\n')}`;
}

/** A text with what stands between the marks replaced. */
export function replaced(text, block) {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The README has no marks ${begin} … ${end}`);
  return `${text.slice(0, from)}${begin}\n${block}\n${text.slice(to)}`;
}

/** What the page opens with, a figure or a point a line. */
export function storedText({ environment, figures, curves }) {
  const { date, browser, processor, cores, vectors, pytorch, rounds } = environment;
  const line = (value) => JSON.stringify(value, (_, it) => (typeof it === 'number' ? Number(it.toPrecision(4)) : it));
  const list = (values) => values.map((value) => `    ${line(value)}`).join(',\n');
  const head = JSON.stringify({ date, browser, processor, cores, vectors, pytorch, rounds });
  return `{\n  "environment": ${head},\n  "figures": [\n${list(figures)}\n  ],\n  "curves": [\n${list(curves)}\n  ]\n}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const report = JSON.parse(readFileSync(join(root, 'build/bench.json'), 'utf8'));
  const { load, only, pytorch } = report.environment;
  if (only.length > 0 || !pytorch) throw new Error('build/bench.json has to hold all of npm run bench, with PyTorch');
  if (load > 1) console.warn(`The machine was busy (load ${load.toFixed(1)}) when the benchmark began.`);
  const stored = storedText(report);
  const readme = join(root, 'README.md');
  writeFileSync(readme, replaced(readFileSync(readme, 'utf8'), readmeText(JSON.parse(stored))));
  writeFileSync(join(root, 'web/bench/stored.json'), stored);
}
