/** Axes: which values get a tick, and how a number is written. */

/** About `count` round values from `low` to `high`. */
export function ticks(low: number, high: number, count: number): number[] {
  const step = roundStep((high - low) / count);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // A product has fewer digits than a sum of steps; dividing by a whole number has fewer still.
  const inverse = Math.round(1 / step);
  const value = (i: number) => (step < 1 ? i / inverse : i * step);
  return Array.from({ length: last - first + 1 }, (_, i) => value(first + i));
}

/** 1, 2 or 5 times a power of ten, at least `rough`. */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 5].find((factor) => factor * power >= rough * 0.999) ?? 10);
}

/** The range of values with room around it; a flat one is opened. */
export function padded([low, high]: [number, number], share = 0.06): [number, number] {
  const room = (high - low) * share || Math.abs(high) * 0.1 || 1;
  return [low - room, high + room];
}

/** A number for people: 0.0312, 12.5, 1,234, 1.2e-7. */
export function numberText(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) return value.toExponential(2).replace(/\.?0+e/, 'e');
  return value.toLocaleString('en', { maximumSignificantDigits: size >= 1000 ? 7 : 4 });
}
