// The table of npm run bench as text.
import { amountText, isMet, targetText, valueText } from '../../web/bench/figures.mjs';

const widths = [40, 12, 20, 14, 20, 14];
const rightAligned = [1, 3, 4];

const row = (cells) =>
  cells
    .map((cell, i) => (rightAligned.includes(i) ? cell.padStart(widths[i]) : `  ${cell}`.padEnd(widths[i])))
    .join('')
    .trimEnd();

/** What stands above the table. */
export function headText({ rounds, version, load }) {
  const peers = version
    ? `PyTorch ${version} on one thread, with memory kept and denormals flushed`
    : 'No PyTorch: UNROLL_PYTORCH names none';
  const how = `Medians of ${rounds} rounds in which the sides take turns, warm; ratios are medians of the rounds' own. ${peers}.`;
  const busy =
    load > 1 ? `\nThe machine was busy when this began (load ${load.toFixed(1)}): ratios are disturbed as well.` : '';
  return `\n${how}${busy}\n\n${row(['work', 'Unroll', 'against', 'its', 'measured', 'target'])}`;
}

/** Lines for the figures of one work or more. */
export function linesOf(figures) {
  const marks = new Map([
    [true, 'met'],
    [false, 'MISSED'],
    [null, ''],
  ]);
  return figures.map((figure, i) => {
    const first = figures[i - 1]?.work !== figure.work;
    const { work, ours, theirs, unit, against } = figure;
    const cells = [first ? work : '', first ? amountText(ours, unit) : '', against];
    const theirText = theirs === null ? '' : amountText(theirs, unit);
    return `${row([...cells, theirText, valueText(figure), targetText(figure)]).padEnd(122)}${marks.get(isMet(figure))}`.trimEnd();
  });
}

/** How time and memory grow, a line a curve; jumps; works that could not be measured. */
export function growthText({ curves, cliffs, problems }) {
  const lines = curves.map(({ axis, cell, points }) => {
    const texts = points.map(
      ({ size, time, memory }) => `${size}: ${amountText(time, 'ms')}, ${Math.round(memory / 2 ** 20)} MiB`,
    );
    return `  ${cell.toUpperCase()} over ${axis}  ${texts.join(' · ')}`;
  });
  const jumps = cliffs.map(
    ({ axis, cell, what, from, to, factor }) =>
      `  CLIFF ${cell.toUpperCase()} ${what} over ${axis}: a unit of work costs × ${factor.toFixed(1)} from ${from} to ${to}`,
  );
  if (curves.length > 0 && jumps.length === 0 && problems.length === 0)
    jumps.push('  no cliff: a unit of work never costs twice what it cost one size before');
  const failures = problems.map((problem) => `  PROBLEM ${problem}`);
  const head = curves.length > 0 ? ['\nGrowth of a training step, time and WebAssembly memory'] : [];
  return [...head, ...lines, ...jumps, ...failures].join('\n');
}

export function summaryText(figures, problems, seconds) {
  const judged = figures.map(isMet).filter((met) => met !== null);
  const met = judged.filter(Boolean).length;
  const failed = problems.length > 0 ? `, ${problems.length} works or sides not measured` : '';
  return `\n${met} of ${judged.length} targets met${failed}, in ${Math.floor(seconds / 60)} min ${seconds % 60} s. Written to build/bench.json.`;
}
