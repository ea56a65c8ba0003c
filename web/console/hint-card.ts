import { element } from './window';

/** Plain words about an error, set apart from what the program wrote. What stands between backticks is code. */
export function hintCard(words: string): HTMLElement {
  const card = element('div', 'error-hint');
  card.setAttribute('role', 'note');
  card.setAttribute('part', 'error-hint');
  card.setAttribute('aria-label', 'In plain words');
  const title = element('strong', 'error-hint-title');
  title.textContent = 'In plain words';
  const text = element('span', 'error-hint-text');
  text.append(
    ...words.split('`').map((piece, i) => {
      if (i % 2 === 0) return document.createTextNode(piece);
      const code = element('code', '');
      code.textContent = piece;
      return code;
    }),
  );
  card.append(title, text);
  return card;
}
