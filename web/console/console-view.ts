import { FigureCard } from '../plots/figure-card';
import type { Enlarge } from '../plots/picture-tools';
import type { FigurePart } from '../worker/protocol';
import { copyOf, selectsAll } from './copying';
import { InputField } from './input-field';
import { LineBuffer, type Run } from './line-buffer';
import type { Kind } from './looks';
import type { Places } from './places';
import { Scrollback } from './scrollback';
import { element, toNodes, Window } from './window';

/** Pictures that stay; a program may well draw one in each step. */
export const keptFigures = 40;
/** A piece of the output: text, or a copy of a picture or of something of the panel's own. */
export type OutputCopy = Run[] | HTMLElement;

/** Pixels from the end within which the reader follows it. */
const nearEnd = 24;

/**
 * The output of a program, text and pictures: shows what comes once an animation frame, whatever the program's speed,
 * and stays at the newest line unless the reader scrolled up. Only what is in view is on the page.
 */
export class ConsoleView {
  private buffer = new LineBuffer();
  private readonly scrollback = new Scrollback();
  private readonly window: Window;
  private readonly field: InputField;
  private figures: FigureCard[] = [];
  private figuresById = new Map<string, FigureCard>();
  /** Pictures to draw in the next frame. */
  private undrawn = new Set<FigureCard>();
  private figureCount = 0;
  private droppedFigures = 0;
  private frame = 0;
  private follows = true;
  private lastTop = 0;
  private isStale = false;
  private readonly note = element('div', 'dropped');
  /** The lines that the program can still change, and behind them the field where the reader types. */
  private readonly current = element('div', 'block current');
  private readonly openLines = element('span', 'open');

  /** `container` scrolls; its content belongs to this view. */
  constructor(
    private readonly container: HTMLElement,
    private readonly enlarge: Enlarge,
    private readonly places: Places,
  ) {
    this.window = new Window(container, places);
    this.field = new InputField(container, this.current);
    this.current.append(this.openLines);
    this.container.append(this.note, ...this.window.elements, this.current);
    this.clear();
    container.addEventListener('scroll', () => this.onScroll(), { passive: true });
    container.addEventListener('keydown', (event) => selectsAll(event, container));
    container.addEventListener('copy', (event) => copyOf(event, container, () => this.text));
    new ResizeObserver(() => this.relayout()).observe(container);
  }

  /** All text that is kept, as it stands: without colours and pictures. */
  get text(): string {
    const open = this.buffer.open.map((line) => line.map((run) => run.text).join('')).join('\n');
    return this.scrollback.text + open;
  }

  /** All that is kept, in order. */
  get parts(): OutputCopy[] {
    const copy = (made: HTMLElement) =>
      this.figures.find(({ element }) => element === made)?.boxed() ?? (made.cloneNode(true) as HTMLElement);
    const kept = this.scrollback.blocks.map(({ runs, element }) =>
      runs.length > 0 || !element ? runs : copy(element),
    );
    return [...kept, this.openRuns];
  }

  /** Adds output. */
  write(kind: Kind, text: string): void {
    for (const line of this.buffer.write(kind, text)) this.scrollback.add(line);
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

  /** Adds something of the panel's own below the text so far. */
  writeElement(made: HTMLElement): void {
    if (!this.buffer.toEnd()) this.write('stdout', '\n');
    this.release();
    this.scrollback.addElement(made);
    this.later();
  }

  /** Lets the reader type a line where the text ends. Resolves to null at the end of the input, and when it is called off. */
  ask(prompt: string): Promise<string | null> {
    this.follows = true;
    this.flush();
    const asked = this.field.ask(prompt);
    this.container.scrollTop = this.container.scrollHeight;
    return asked;
  }

  /** The run is over: nothing is asked any more. */
  stopAsking(): void {
    this.field.close();
  }

  /** Whether long lines go on in the next one. */
  set wraps(wraps: boolean) {
    this.container.classList.toggle('unwrapped', !wraps);
    this.relayout();
  }

  /** Shows everything now instead of in the next frame. */
  flush(): void {
    cancelAnimationFrame(this.frame);
    this.render();
  }

  clear(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.field.close();
    this.window.clear();
    this.scrollback.clear();
    this.buffer = new LineBuffer();
    this.figures = [];
    this.figuresById.clear();
    this.undrawn.clear();
    this.figureCount = this.droppedFigures = 0;
    this.follows = true;
    this.note.hidden = true;
    this.openLines.replaceChildren();
    this.container.classList.remove('pictures');
  }

  private later(): void {
    this.frame ||= requestAnimationFrame(() => this.render());
  }

  private release(): void {
    for (const line of this.buffer.release()) this.scrollback.add(line);
  }

  private newCard(id: string | null): FigureCard {
    const card = new FigureCard(++this.figureCount, this.enlarge);
    if (id !== null) this.figuresById.set(id, card);
    this.release();
    this.scrollback.addElement(card.element);
    this.container.classList.add('pictures');
    this.figures.push(card);
    if (this.figures.length > keptFigures) this.dropFigure(this.figures.shift() as FigureCard);
    return card;
  }

  private dropFigure(card: FigureCard): void {
    card.element.remove();
    this.scrollback.removeElement(card.element);
    this.undrawn.delete(card);
    for (const [id, known] of this.figuresById) if (known === card) this.figuresById.delete(id);
    this.droppedFigures++;
  }

  private onScroll(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.container;
    const isAtEnd = scrollHeight - scrollTop - clientHeight < nearEnd;
    // Text that comes moves the end away; only the reader moves up.
    this.follows = isAtEnd || (this.follows && scrollTop >= this.lastTop - 2);
    this.lastTop = scrollTop;
    this.later();
  }

  private relayout(): void {
    this.isStale = true;
    this.later();
  }

  private render(): void {
    this.frame = 0;
    for (const card of this.undrawn) {
      card.draw();
      const block = this.scrollback.blocks.find(({ element }) => element === card.element);
      if (block) block.height = null;
    }
    this.undrawn.clear();
    this.noteDropped();
    this.showOpenLines();
    const { blocks } = this.scrollback;
    // Asking for measures makes the browser lay out the page: not for an output that is still empty.
    if (blocks.length === 0 && this.buffer.open.every((line) => line.length === 0)) return;
    if (this.isStale) this.window.measure(blocks);
    this.isStale = false;
    this.window.show(blocks, this.follows);
    this.lastTop = this.container.scrollTop;
  }

  private showOpenLines(): void {
    this.openLines.replaceChildren(...toNodes(this.openRuns, this.places));
  }

  private get openRuns(): Run[] {
    const { open } = this.buffer;
    return open.flatMap((line, i) => [...line, ...(i < open.length - 1 ? [newline] : [])]);
  }

  private noteDropped(): void {
    const { droppedLines } = this.scrollback;
    const what = [
      droppedLines && counted(droppedLines, 'line'),
      this.droppedFigures && counted(this.droppedFigures, 'figure'),
    ];
    this.note.hidden = droppedLines + this.droppedFigures === 0;
    this.note.textContent = `… ${what.filter(Boolean).join(' and ')} are not shown`;
  }
}

const newline: Run = { look: { kind: 'stdout', style: null }, text: '\n' };
const counted = (n: number, what: string) => `${n.toLocaleString('en')} earlier ${what}${n === 1 ? '' : 's'}`;
