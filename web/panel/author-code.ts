/** Where a panel's first program comes from: the `<pre>` inside it, or the file that `src` names. */

/** The code inside a panel's element: of its first `<pre>`, else its own text. */
export function codeInside(host: HTMLElement): string {
  return tidyText((host.querySelector('pre') ?? host).textContent ?? '');
}

/** The code that an address names. Rejects with a sentence for the reader. */
export async function codeAt(src: string): Promise<string> {
  const answer = await fetch(new URL(src, document.baseURI)).catch(() => null);
  if (!answer?.ok) throw new Error(`The program ${src} could not be loaded.`);
  return answer.text();
}

/** HTML has a line break after `<pre>` and an author's indentation that are not meant. */
function tidyText(text: string): string {
  const lines = text
    .replace(/^[ \t]*\r?\n/, '')
    .trimEnd()
    .split(/\r?\n/);
  const indents = lines.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length);
  const common = Math.min(...indents, Number.MAX_SAFE_INTEGER);
  return lines.map((line) => (line.trim() ? line.slice(common) : '')).join('\n');
}
