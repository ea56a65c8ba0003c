/** Where a panel's first program comes from: the `<pre>` inside it, or the file that `src` names. */

import { isPart, tidyText } from './author-parts';

/** The code inside a panel's element: of its first `<pre>` that is no other part, else its own text. */
export function codeInside(host: HTMLElement): string {
  const program = [...host.querySelectorAll('pre')].find((pre) => !isPart(pre, host));
  if (program) return tidyText(program.textContent ?? '');
  const own = [...host.childNodes].filter((node) => !(node instanceof HTMLElement && isPart(node, host)));
  return tidyText(own.map((node) => node.textContent).join(''));
}

/** The code that an address names. Rejects with a sentence for the reader. */
export async function codeAt(src: string): Promise<string> {
  const answer = await fetch(new URL(src, document.baseURI)).catch(() => null);
  if (!answer?.ok) throw new Error(`The program ${src} could not be loaded.`);
  return answer.text();
}
