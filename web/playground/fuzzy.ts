/** How well a text fits what was typed: the higher the better, and which letters of it are meant. */
export interface Match {
  score: number;
  marks: Set<number>;
}

/**
 * Matches each typed word: at a word's start, else anywhere, else, unless it is to be `whole`, by its letters in their
 * order. Null where one is not there.
 */
export function fuzzyMatch(typed: string, text: string, whole = false): Match | null {
  const marks = new Set<number>();
  let score = 0;
  for (const word of typed.toLowerCase().split(/\s+/).filter(Boolean)) {
    const found = matchWord(word, text.toLowerCase(), whole);
    if (!found) return null;
    score += found.score;
    for (const mark of found.marks) marks.add(mark);
  }
  return { score, marks };
}

function matchWord(word: string, text: string, isWhole: boolean): { score: number; marks: number[] } | null {
  const places = [...text.matchAll(/[\p{L}\p{N}]+/gu)].map(({ index }) => index);
  const start = places.find((place) => text.startsWith(word, place)) ?? -1;
  const whole = start >= 0 ? start : text.indexOf(word);
  if (whole >= 0) {
    const marks = Array.from(word, (_, i) => whole + i);
    return { score: (start >= 0 ? 100 : 60) - Math.min(whole, 40), marks };
  }
  return isWhole ? null : matchLetters(word, text, new Set(places));
}

function matchLetters(word: string, text: string, starts: Set<number>) {
  const marks: number[] = [];
  let score = 20;
  let from = 0;
  for (const letter of word) {
    const initial = [...starts].find((place) => place >= from && text[place] === letter);
    const next = text.indexOf(letter, from);
    if (next < 0) return null;
    // The next letter where it goes on, else the start of a word, else wherever it comes.
    const at = next === from && marks.length > 0 ? next : (initial ?? next);
    score += starts.has(at) ? 2 : at === marks.at(-1)! + 1 ? 1 : -2;
    marks.push(at);
    from = at + 1;
  }
  return score > 0 ? { score, marks } : null;
}
