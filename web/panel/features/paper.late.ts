import { element, toNodes } from '../../console/window';
import { addStyles } from '../../ui/add-styles';
import type { Feature } from '../feature';
import type { PanelHost } from '../host';
import { paperStyles } from '../styles/paper.late';

/** Lines of output on paper at most: some fifty pages. */
const mostLines = 3000;

const nowhere = { has: () => false, goTo: () => {} };

/**
 * The panel on paper: its whole program and its whole output, where the screen has only what is in view. Made when printing begins,
 * which waits for nothing: so all of this is there before.
 */
export class Paper implements Feature {
  private readonly sheet = element('div', 'paper');
  private readonly media = matchMedia('print');
  private readonly fill = () => this.sheet.replaceChildren(...this.content());
  private readonly clear = () => this.sheet.replaceChildren();
  // Not every browser tells of both.
  private readonly change = () => (this.media.matches ? this.fill() : this.clear());

  constructor(private readonly panel: PanelHost) {}

  ready(): void {
    addStyles(this.panel, paperStyles);
    this.panel.renderRoot.append(this.sheet);
  }

  connected(): void {
    addEventListener('beforeprint', this.fill);
    addEventListener('afterprint', this.clear);
    this.media.addEventListener('change', this.change);
  }

  disconnected(): void {
    removeEventListener('beforeprint', this.fill);
    removeEventListener('afterprint', this.clear);
    this.media.removeEventListener('change', this.change);
  }

  private content(): HTMLElement[] {
    const { title, programLabel, code, output } = this.panel;
    const heading = element('h2', 'paper-title');
    heading.textContent = title || programLabel;
    const program = element('pre', 'paper-code');
    for (const line of code.replace(/\n$/, '').split('\n')) {
      const row = element('code', 'paper-line');
      row.textContent = line || ' ';
      program.append(row);
    }
    output?.flush();
    const shown = element('div', 'paper-output');
    shown.append(...(output?.pictures ?? []), ...this.parts());
    return shown.textContent || shown.childElementCount > 0 ? [heading, program, shown] : [heading, program];
  }

  /** What the output holds, from its end back to the most that is printed. */
  private parts(): Node[] {
    const parts: Node[] = [];
    let lines = 0;
    for (const part of (this.panel.output?.parts ?? []).toReversed()) {
      if (lines > mostLines) {
        const note = element('p', 'note');
        note.textContent = 'Earlier output is not printed.';
        return [note, ...parts.reverse()];
      }
      if (part instanceof Node) parts.push(part);
      else {
        lines += part.reduce((sum, { text }) => sum + text.split('\n').length - 1, 0);
        parts.push(...toNodes(part, nowhere).reverse());
      }
    }
    return parts.reverse();
  }
}
