/** The known name that somebody meant who wrote `name`; undefined where none is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const written = plain(name);
  if (written === '') return undefined;
  const distances = known.map((one) => [distance(written, plain(one)), one] as const);
  const [best] = distances.sort(([a], [b]) => a - b);
  if (best && best[0] <= Math.max(1, Math.floor(written.length / 3))) return best[1];
  return known.find((one) => written[0] === one[0] && (isInside(one, written) || isInside(written, one)));
}

const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Whether the letters of `short` stand in `long`, in their order: `src` in `source`. */
function isInside(short: string, long: string): boolean {
  let at = 0;
  for (const letter of long) if (letter === short[at]) at++;
  return at === short.length;
}

/** Letters to add, drop or change between two words. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length];
}
