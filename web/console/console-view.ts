import { type Enlarge, FigureCard } from '../plots/figure-card';
import type { FigurePart } from '../worker/protocol';
import { type Kind, LineBuffer, type Run } from './line-buffer';

/** Lines that stay on the page; older ones go, and a note says how many. */
export const keptLines = 5000;
/** Pictures that stay; a program may well draw one in each step. */
export const keptFigures = 40;
/** Lines of one block of the page: blocks come and go as wholes. */
const blockLines = 100;
/** Blocks from which on those out of sight are left out of the layout. */
const longOutput = 10;

interface Block {
  element: HTMLElement;
  lines: number;
}

/**
 * The output of a program, text and pictures: shows what comes once an animation frame, whatever the program's speed,
 * and stays at the newest line unless the reader scrolled up.
 */
export class ConsoleView {
  private buffer = new LineBuffer();
  private waiting: (Run[] | FigureCard)[] = [];
  private blocks: Block[] = [];
  private figures: FigureCard[] = [];
  private figuresById = new Map<string, FigureCard>();
  /** Pictures to draw in the next frame. */
  private undrawn = new Set<FigureCard>();
  private figureCount = 0;
  private shown = 0;
  private dropped = { lines: 0, figures: 0 };
  private frame = 0;
  private readonly note = element('div', 'dropped');
  private readonly current = element('div', 'block');

  /** `container` scrolls; its content belongs to this view. */
  constructor(
    private readonly container: HTMLElement,
    private readonly enlarge: Enlarge,
  ) {
    this.clear();
  }

  /** Adds output. */
  write(kind: Kind, text: string): void {
    for (const line of this.buffer.write(kind, text)) this.waiting.push(line);
    // What would be pushed out before it is ever seen need not wait for its frame.
    const surplus = this.waiting.length - keptLines;
    if (surplus > blockLines) {
      const figures = this.waiting.splice(0, surplus).filter((item) => item instanceof FigureCard);
      this.waiting.unshift(...figures);
      this.dropped.lines += surplus - figures.length;
    }
    this.later();
  }

  /** Shows a picture below the text so far, or in the place of an earlier one with its id. */
  writeFigure(figure: FigurePart): void {
    const known = figure.id === null ? undefined : this.figuresById.get(figure.id);
    const card = known ?? this.newCard(figure.id);
    card.set(figure);
    this.undrawn.add(card);
    this.later();
  }

  /** Adds a line of the panel's own, on a line of its own. */
  writeNote(text: string): void {
    if (!this.buffer.toEnd()) this.write('stdout', '\n');
    this.write('note', `${text}\n`);
  }

  /** Shows everything now instead of in the next frame. */
  flush(): void {
    cancelAnimationFrame(this.frame);
    this.render();
  }

  clear(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.buffer = new LineBuffer();
    this.waiting = [];
    this.blocks = [];
    this.figures = [];
    this.figuresById.clear();
    this.undrawn.clear();
    this.figureCount = this.shown = 0;
    this.dropped = { lines: 0, figures: 0 };
    this.note.hidden = true;
    this.current.replaceChildren();
    this.container.replaceChildren(this.note, this.current);
  }

  private later(): void {
    this.frame ||= requestAnimationFrame(() => this.render());
  }

  private newCard(id: string | null): FigureCard {
    const card = new FigureCard(++this.figureCount, this.enlarge);
    if (id !== null) this.figuresById.set(id, card);
    this.waiting.push(...this.buffer.release(), card);
    this.figures.push(card);
    if (this.figures.length > keptFigures) this.dropFigure(this.figures.shift() as FigureCard);
    return card;
  }

  private dropFigure(card: FigureCard): void {
    card.element.remove();
    this.waiting = this.waiting.filter((item) => item !== card);
    this.undrawn.delete(card);
    for (const [id, known] of this.figuresById) if (known === card) this.figuresById.delete(id);
    this.dropped.figures++;
  }

  private render(): void {
    this.frame = 0;
    const { scrollTop, scrollHeight, clientHeight } = this.container;
    const follows = scrollHeight - scrollTop - clientHeight < 24;
    this.appendWaiting();
    for (const card of this.undrawn) card.draw();
    this.undrawn.clear();
    this.dropOld();
    this.container.classList.toggle('long', this.blocks.length > longOutput);
    const open = this.buffer.open;
    const unfinished = open.pop() ?? [];
    this.current.replaceChildren(...[...joined(open), ...unfinished].map(toNode));
    if (follows) this.container.scrollTop = this.container.scrollHeight;
  }

  private appendWaiting(): void {
    const items = this.waiting;
    this.waiting = [];
    for (let from = 0; from < items.length; ) {
      const item = items[from];
      if (item instanceof FigureCard) {
        this.current.before(item.element);
        from++;
        continue;
      }
      const block = this.openBlock();
      const lines: Run[][] = [];
      while (lines.length + block.lines < blockLines && Array.isArray(items[from])) lines.push(items[from++] as Run[]);
      block.element.append(...joined(lines).map(toNode));
      block.lines += lines.length;
      this.shown += lines.length;
    }
  }

  /** The block that takes the next line: the last one, unless it is full or a picture came after it. */
  private openBlock(): Block {
    const last = this.blocks.at(-1);
    if (last && last.lines < blockLines && last.element.nextSibling === this.current) return last;
    const block = { element: element('div', 'block'), lines: 0 };
    this.blocks.push(block);
    this.current.before(block.element);
    return block;
  }

  private dropOld(): void {
    while (this.blocks.length > 1 && this.shown - this.blocks[0].lines >= keptLines) {
      const { element: gone, lines } = this.blocks.shift() as Block;
      gone.remove();
      this.shown -= lines;
      this.dropped.lines += lines;
    }
    const { lines, figures } = this.dropped;
    const what = [lines && counted(lines, 'line'), figures && counted(figures, 'figure')];
    this.note.hidden = lines + figures === 0;
    this.note.textContent = `… ${what.filter(Boolean).join(' and ')} are not shown`;
  }
}

const counted = (n: number, what: string) => `${n.toLocaleString('en')} earlier ${what}${n === 1 ? '' : 's'}`;

/** Lines as few runs: neighbours of one kind in one piece of text. */
function joined(lines: Run[][]): Run[] {
  const runs: Run[] = [];
  for (const line of lines) {
    const whole = line.length > 0 ? [...line.slice(0, -1), ended(line[line.length - 1])] : [newline];
    for (const run of unwrapped(whole)) {
      const last = runs.at(-1);
      if (last?.kind === run.kind) last.text += run.text;
      else runs.push({ ...run });
    }
  }
  return runs;
}

/** Indented lines of a traceback stay unwrapped, so that the marks stand under what they mean. */
function unwrapped(line: Run[]): Run[] {
  const [only] = line;
  return line.length === 1 && only.kind === 'stderr' && only.text.startsWith('  ')
    ? [{ ...only, kind: 'frame' }]
    : line;
}

const newline: Run = { kind: 'stdout', text: '\n' };
const ended = ({ kind, text }: Run): Run => ({ kind, text: `${text}\n` });

function toNode({ kind, text }: Run): Node {
  if (kind === 'stdout') return document.createTextNode(text);
  const span = element('span', kind === 'frame' ? 'stderr frame' : kind);
  span.textContent = text;
  return span;
}

function element(tag: string, className: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  return made;
}
