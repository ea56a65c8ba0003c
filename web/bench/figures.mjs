// Figures: what was measured against what, and whether that is what the project wants. The page and npm run bench write them alike.

/**
 * @typedef {{atMost: number} | {atLeast: number}} Target
 *
 * @typedef {object} Figure
 * @property {string} id of the work
 * @property {string} work
 * @property {string} against the peer or the other build; '' where the figure stands for itself
 * @property {number} ours
 * @property {number | null} theirs
 * @property {string} unit of both
 * @property {number} value what the target is about
 * @property {string} of what stands behind the value, such as '× its time'
 * @property {Target | null} target
 */

/**
 * A number for a table: three digits, no more than two behind the point.
 * @param {number} value
 */
export function shortNumber(value) {
  const size = Math.abs(value);
  if (size !== 0 && size < 0.1) return value.toPrecision(2);
  return value.toFixed(size < 10 ? 2 : size < 100 ? 1 : 0);
}

/**
 * An amount with its unit; short times in microseconds.
 * @param {number} value
 * @param {string} unit
 */
export function amountText(value, unit) {
  return unit === 'ms' && value < 1 ? `${shortNumber(value * 1000)} µs` : `${shortNumber(value)} ${unit}`;
}

/** @param {Figure} figure */
export const valueText = ({ value, of }) => `${shortNumber(value)} ${of}`;

/** @param {Figure} figure */
export function targetText({ target }) {
  if (!target) return '';
  return 'atMost' in target ? `at most ${target.atMost}` : `at least ${target.atLeast}`;
}

/**
 * Whether the target is reached; null where there is none.
 * @param {Figure} figure
 */
export function isMet({ value, target }) {
  if (!target) return null;
  return 'atMost' in target ? value <= target.atMost : value >= target.atLeast;
}

/**
 * @typedef {object} Environment what npm run bench measured with
 * @property {string} date
 * @property {string} browser
 * @property {string} processor
 * @property {number} cores
 * @property {string | null} vectors the widest vector instructions of the processor
 * @property {string | null} pytorch its version
 * @property {number} rounds
 */

/**
 * The machine, browser and day of figures, for a sentence.
 * @param {Environment} environment
 */
export function machineText({ date, browser, processor, cores, vectors }) {
  const day = new Date(date).toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
  const parts = [`${cores} cores`, ...(vectors ? [vectors] : [])];
  return `one core of ${processor} (${parts.join(', ')}) in ${browser.replace(/^Headless/, '').replace(/^(\w+)\/(\d+).*/, '$1 $2')}, ${day}`;
}

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
