/** What a name is, as unroll/editor/explain.py tells it. */
export interface Explanation {
  title: string;
  doc: string;
  /** What it was at the end of the last run. */
  last: string | null;
}

/** An explanation to look at: how a thing is called, what it does, what it was in the last run. */
export function explanation({ title, doc, last }: Explanation): HTMLElement {
  const box = element('div', 'cm-explanation');
  const head = element('code', 'cm-explanation-title');
  head.textContent = title;
  box.append(head);
  if (last) {
    const line = element('p', 'cm-explanation-last');
    line.textContent = `After the last run: ${last}`;
    box.append(line);
  }
  box.append(...paragraphs(doc));
  return box;
}

/** A docstring: paragraphs apart by empty lines, `code` between backticks. */
export function paragraphs(doc: string): HTMLElement[] {
  return doc
    .split(/\n\s*\n/)
    .filter((text) => text.trim())
    .map((text) => {
      const paragraph = element('p');
      const pieces = text.split(/`+([^`]+)`+/);
      pieces.forEach((piece, index) => {
        const part = index % 2 ? element('code') : document.createTextNode('');
        part.textContent = piece;
        paragraph.append(part);
      });
      return paragraph;
    });
}

function element(tag: string, className = ''): HTMLElement {
  const made = document.createElement(tag);
  if (className) made.className = className;
  return made;
}
