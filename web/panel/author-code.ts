import { isPart, tidyText } from './author-parts';

/** The code inside a panel's element: of its first `<pre>` that is no other part, else its own text. */
export function codeInside(host: HTMLElement): string {
  const program = [...host.querySelectorAll('pre')].find((pre) => !isPart(pre, host));
  if (program) return tidyText(program.textContent ?? '');
  const own = [...host.childNodes].filter((node) => !(node instanceof HTMLElement && isPart(node, host)));
  return tidyText(own.map((node) => node.textContent).join(''));
}
