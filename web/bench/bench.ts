/** The benchmark page: runs the browser's part on the reader's device. npm run bench opens it as well and calls `unrollBench`. */

import { render } from 'lit';
import { saveFile } from '../ui/save-file';
import { isChosen, type Options, type Report, runBenchmark } from './benchmark';
import type { Figure } from './figures.mjs';
import { type Curve, cliffs } from './growth';
import { type Request, works } from './plan';
import { stored } from './stored';
import { targetsView } from './targets-view';
import { type Answer, Unroll } from './unroll';
import { barsView, growthView, growthWords, tableView } from './views';

declare global {
  interface Window {
    unrollBench: (options: Partial<Options>) => Promise<Report>;
    /** One work in an engine of its own. */
    unrollAnswer: (request: Request) => Promise<Answer>;
    /** From npm run bench: what PyTorch takes for a work, and a listener for results as they come. */
    unrollPyTorch?: (request: Request) => Promise<number>;
    unrollReport?: (figures: Figure[]) => void;
  }
}

const element = <E extends HTMLElement>(id: string) => document.querySelector(`#${id}`) as E;
const runButton = element<HTMLButtonElement>('run');
const progress = element<HTMLProgressElement>('progress');
const status = element('status');
const copyButton = element<HTMLButtonElement>('copy');
const saveButton = element<HTMLButtonElement>('save');

/** `bench.html?only=S,L+lstm,growth+batch&rounds=3` narrows a run. */
const query = new URLSearchParams(location.search);
const only = (query.get('only') ?? '').split(',').filter(Boolean);
const rounds = Number(query.get('rounds') ?? 5);
const chosen = works.filter(({ id }) => isChosen(only, id));

let figures: Figure[] = stored.figures.filter(({ id }) => isChosen(only, id));
let curves: Curve[] = stored.curves.filter(({ axis, cell }) => isChosen(only, `growth ${axis} ${cell}`));
let origin = stored.origin;
let json = stored.json;
/** Whether what stands here is older than the run that goes on. */
let isOld = true;
let running: AbortController | undefined;

function draw(): void {
  render(barsView(chosen, figures), element('bars'));
  render(tableView(chosen, figures), element('table'));
  render(targetsView(figures), element('targets'));
  element('origin').textContent = origin;
  const area = element('growth');
  // As the grid in bench.css divides it.
  const columns = Math.max(1, Math.floor((area.clientWidth + 20) / 300));
  render(growthView(curves, Math.floor((area.clientWidth - 20 * (columns - 1)) / columns)), area);
  element('growth-words').textContent = growthWords(curves, cliffs(curves));
}

/** The first figures of a run take the places of those that were here. */
function clear(): void {
  if (!isOld) return;
  isOld = false;
  figures = [];
  curves = [];
  origin = 'Measured on this device.';
  copyButton.disabled = saveButton.disabled = true;
}

async function run(options: Partial<Options>): Promise<Report> {
  isOld = true;
  return runBenchmark({
    only,
    rounds,
    pytorch: window.unrollPyTorch,
    signal: new AbortController().signal,
    onProgress: (text, share) => {
      progress.value = share;
      status.textContent = text && `Measuring: ${text}`;
    },
    onFigures: (added) => {
      clear();
      figures.push(...added);
      window.unrollReport?.(added);
      draw();
    },
    onCurves: (grown) => {
      clear();
      curves = grown;
      draw();
    },
    ...options,
  });
}

window.unrollBench = run;
window.unrollAnswer = (request) => new Unroll().answer(request);

/** What a reader gets as a file: the report, and what it was measured with. */
function described(report: Report, seconds: number): string {
  const { userAgent, hardwareConcurrency } = navigator;
  const environment = { date: new Date().toISOString(), userAgent, cores: hardwareConcurrency, rounds, seconds };
  return JSON.stringify({ environment, ...report }, null, 2);
}

async function pressed(): Promise<void> {
  if (running) {
    status.textContent = 'Stopping behind the measurement that runs.';
    running.abort();
    return;
  }
  running = new AbortController();
  runButton.textContent = 'Stop';
  const began = performance.now();
  try {
    const report = await run({ signal: running.signal });
    const seconds = Math.round((performance.now() - began) / 1000);
    const problems = report.problems.map((problem) => ` ${problem}.`).join('');
    status.textContent = `Done in ${seconds} s.${problems}`;
    json = described(report, seconds);
    copyButton.disabled = saveButton.disabled = false;
  } catch (error) {
    status.textContent = running.signal.aborted ? 'Stopped.' : `The benchmark ended: ${(error as Error).message}`;
  } finally {
    running = undefined;
    runButton.textContent = 'Run';
  }
}

runButton.addEventListener('click', () => void pressed());
saveButton.addEventListener('click', () => saveFile('unroll-bench.json', json, 'application/json'));
copyButton.addEventListener('click', async () => {
  await navigator.clipboard.writeText(json);
  status.textContent = 'Copied.';
});
// Without TLS a page has no clipboard.
copyButton.hidden = !navigator.clipboard;
status.textContent = 'Nothing has been measured on this device yet.';
new ResizeObserver(draw).observe(element('growth'));
draw();
