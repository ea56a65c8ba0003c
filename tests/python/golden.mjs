// What real PyTorch gave (tests/golden/data/cases and data/programs), and how close to it another value is.
import { readdir } from 'node:fs/promises';

import { read } from './pyodide.mjs';

/** The texts of a folder of golden data, by name without ending. */
async function texts(folder) {
  const names = (await readdir(new URL(`../golden/data/${folder}`, import.meta.url))).sort();
  const entries = names.map(async (name) => [
    name.replace(/\.\w+$/, ''),
    await read(`tests/golden/data/${folder}/${name}`),
  ]);
  return Object.fromEntries(await Promise.all(entries));
}

/** What expressions give, by the name of their file in tests/golden/cases. */
export const cases = Object.fromEntries(
  Object.entries(await texts('cases')).map(([name, text]) => [name, JSON.parse(text)]),
);

/** What programs print, by the name of their file in tests/golden/programs. */
export const programs = await texts('programs');

/** Two numbers agree to `tolerance`, relative for large ones, absolute near zero. */
function closeNumbers(a, b, tolerance) {
  if (typeof a !== 'number' || typeof b !== 'number') return Object.is(a, b);
  return Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));
}

/** Whether plain data agrees: structure exactly, numbers to the tolerance. */
export function closeData(a, b, tolerance) {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return closeNumbers(a, b, tolerance);
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => closeData(a[key], b[key], tolerance));
}

const number = /-?(?:\d+\.\d*(?:e[-+]?\d+)?|\d+e[-+]?\d+)/g;

/**
 * The first line in which two outputs differ, or undefined: text exactly, numbers with a point to the tolerance or to one
 * unit of their last printed digit.
 */
export function differentLine(actual, expected, tolerance = 1e-4) {
  const [a, b] = [actual, expected].map((text) => text.trimEnd().split('\n'));
  for (let i = 0; i < Math.max(a.length, b.length); ++i) {
    if (!sameLine(a[i] ?? '', b[i] ?? '', tolerance)) return `line ${i + 1}\n  got      ${a[i]}\n  expected ${b[i]}`;
  }
}

function sameLine(a, b, tolerance) {
  if (a === b) return true;
  const [shapeA, shapeB] = [a, b].map((line) => line.replace(number, '#').replace(/ +/g, ' '));
  if (shapeA !== shapeB) return false;
  const [x, y] = [a, b].map((line) => line.match(number) ?? []);
  return x.every((text, i) => {
    const unit = 10 ** -(y[i].split('e')[0].split('.')[1]?.length ?? 0) * (y[i].includes('e') ? Math.abs(+y[i]) : 1);
    return Math.abs(text - y[i]) <= Math.max(tolerance * Math.abs(y[i]), 1.01 * unit);
  });
}
