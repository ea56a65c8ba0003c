/** What programs may show, at most: the worker keeps to it, and the page takes no more. */

import type { ProgramError } from './messages';

/** Characters of a picture. */
export const mostSvg = 1_000_000;
/** Characters of what a picture was drawn from, as JSON. */
export const mostData = 4_000_000;
/** Characters of a name: a title, a tag of the live plot, a prompt. */
export const mostName = 300;
/** Characters of an error's message, of the words about it, and of its traceback. */
const [mostMessage, mostTraceback] = [10_000, 200_000];

/** A name that is not too long to be read. */
export const shortName = (name: string) => (name.length > mostName ? `${name.slice(0, mostName)}…` : name);

/** How the page says what is missing: so many of these things. */
export function leftOut(counts: Record<string, number>): string {
  const what = Object.entries(counts).filter(([, n]) => n > 0);
  const words = what.map(([name, n]) => `${n.toLocaleString('en')} ${name}${n === 1 ? '' : 's'}`);
  return `… ${words.join(', ')} left out`;
}

/** A text without its middle where it is longer than `most`; the place says so. */
function shortText(text: string, most: number): string {
  if (text.length <= most) return text;
  const half = most / 2;
  return `${text.slice(0, half)}\n${leftOut({ character: text.length - most })}\n${text.slice(-half)}`;
}

/** An error, a check's verdict, whose words are not too long for a page. */
export function shortError<Words extends Partial<Pick<ProgramError, 'message' | 'hint' | 'traceback'>>>(
  words: Words,
): Words {
  const { message, hint, traceback } = words;
  return {
    ...words,
    ...(message && { message: shortText(message, mostMessage) }),
    ...(hint && { hint: shortText(hint, mostMessage) }),
    ...(traceback && { traceback: shortText(traceback, mostTraceback) }),
  };
}
