import type { Enlarge } from '../plots/picture-tools';
import { Backlog, wordsOf } from '../protocol/backlog';
import type { FigurePart, OutputPart } from '../protocol/messages';
import { copyOf, selectsAll } from './copying';
import { InputField } from './input-field';
import { LineBuffer, type Run } from './line-buffer';
import type { Kind } from './looks';
import { NextFrame } from './next-frame';
import { PictureOnDemand } from './picture-on-demand';
import type { Places } from './places';
import { Scrollback } from './scrollback';
import { element, toNodes, Window } from './window';

/** Pictures that stay; a program may well draw one in each step. */
export const keptFigures = 40;
/** Elements of all pictures that stay: the browser lays them out again when another one comes. */
const keptElements = 10_000;
/** A piece of the output: text, or a copy of a picture or of something of the panel's own. */
export type OutputCopy = Run[] | HTMLElement;

/** Pixels from the end within which the reader follows it. */
const nearEnd = 24;
/** Characters that are taken over between two looks at the clock. */
const slice = 2000;
/** Characters that wait at most, and while there is room for more. */
const [mostWaiting, fewWaiting] = [4_000_000, 200_000];
/** Milliseconds that may be spent at once on what a reader waits for. */
const atOnce = 50;

/** Something of the panel's own. */
interface ElementPart {
  kind: 'element';
  element: HTMLElement;
}

/**
 * The output of a program, text and pictures: takes over what comes in the frames that follow, for some milliseconds
 * each, whatever the program's speed, and stays at the newest line unless the reader scrolled up. Only what is in view
 * is on the page.
 */
export class ConsoleView {
  /** What came and was not taken over yet. */
  private readonly backlog = new Backlog<ElementPart>(mostWaiting);
  private buffer = new LineBuffer();
  private readonly scrollback = new Scrollback();
  private readonly window: Window;
  private readonly field: InputField;
  private figures: PictureOnDemand[] = [];
  private figuresById = new Map<string, PictureOnDemand>();
  /** Pictures to draw in the next frames. */
  private undrawn = new Set<PictureOnDemand>();
  private figureCount = 0;
  private droppedFigures = 0;
  private readonly frame = new NextFrame((time) => this.render(time));
  /** Whoever waits until all is shown, and until there is room for more. */
  private awaitingAll: (() => void)[] = [];
  private awaitingRoom: (() => void)[] = [];
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

  /** Adds output, or something of the panel's own, below what came so far. */
  write(part: OutputPart | ElementPart): void {
    this.backlog.add(part);
    this.frame.ask();
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

  /** Shows what came now instead of in the next frame; of very much the rest comes in the frames that follow. */
  flush(): void {
    this.frame.cancel();
    this.render(atOnce);
  }

  /** Resolves when all that came is on the page. */
  shown(): Promise<void> {
    if (this.isShown) return Promise.resolve();
    return new Promise((resolve) => this.awaitingAll.push(resolve));
  }

  /** Resolves when there is room for more; undefined where there is. */
  hasRoom(): Promise<void> | undefined {
    if (this.backlog.size < fewWaiting) return undefined;
    return new Promise((resolve) => this.awaitingRoom.push(resolve));
  }

  clear(): void {
    this.frame.cancel();
    this.backlog.clear();
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
    this.settle();
  }

  private get isShown(): boolean {
    return this.backlog.isEmpty && this.undrawn.size === 0;
  }

  /** Tells those who wait for what is there now. */
  private settle(): void {
    if (this.isShown) for (const resolve of this.awaitingAll.splice(0)) resolve();
    if (this.backlog.size < fewWaiting) for (const resolve of this.awaitingRoom.splice(0)) resolve();
  }

  /** Takes over what waits, until the clock says `end`. */
  private takeOver(end: number): void {
    while (!this.backlog.isEmpty && performance.now() < end) this.put(this.backlog.take(slice) as OutputPart);
  }

  private put(part: OutputPart | ElementPart): void {
    if (part.kind === 'figure') this.putFigure(part);
    else if (part.kind === 'element') this.putElement(part.element);
    else if (part.kind === 'gap') this.putNote(wordsOf(part));
    else if (part.kind === 'note') this.putNote(part.text);
    else if (part.kind !== 'points') this.putText(part.kind, part.text);
  }

  private putText(kind: Kind, text: string): void {
    for (const line of this.buffer.write(kind, text)) this.scrollback.add(line);
  }

  /** Below the text so far, or in the place of an earlier one with its id. */
  private putFigure(figure: FigurePart): void {
    const known = figure.id === null ? undefined : this.figuresById.get(figure.id);
    const card = known ?? this.newCard(figure.id);
    card.set(figure);
    this.undrawn.add(card);
    this.boundFigures();
  }

  /** Drops the oldest pictures, but never the newest, while there are more than the page can keep. */
  private boundFigures(): void {
    const tooMany = () => this.figures.length > keptFigures || totalOf(this.figures) > keptElements;
    while (this.figures.length > 1 && tooMany()) this.dropFigure(this.figures.shift() as PictureOnDemand);
  }

  /** On a line of its own. */
  private putNote(text: string): void {
    if (!this.buffer.toEnd()) this.putText('stdout', '\n');
    this.putText('note', `${text}\n`);
  }

  private putElement(made: HTMLElement): void {
    if (!this.buffer.toEnd()) this.putText('stdout', '\n');
    this.release();
    this.scrollback.addElement(made);
  }

  private release(): void {
    for (const line of this.buffer.release()) this.scrollback.add(line);
  }

  private newCard(id: string | null): PictureOnDemand {
    const card = new PictureOnDemand(++this.figureCount, this.enlarge);
    if (id !== null) this.figuresById.set(id, card);
    this.release();
    this.scrollback.addElement(card.element);
    this.container.classList.add('pictures');
    this.figures.push(card);
    return card;
  }

  private dropFigure(card: PictureOnDemand): void {
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
    this.frame.ask();
  }

  private relayout(): void {
    this.isStale = true;
    this.frame.ask();
  }

  /** Shows what came, as far as it goes in so many milliseconds. */
  private render(time: number): void {
    const end = performance.now() + time;
    this.takeOver(end);
    this.drawPictures(end);
    this.show();
    this.settle();
    if (!this.isShown) this.frame.ask();
  }

  /** Draws pictures until the clock says `end`, the newest first: those before it may be gone soon. */
  private drawPictures(end: number): void {
    const inTurn = [...this.undrawn].reverse().sort((a, b) => Number(b.isRead) - Number(a.isRead));
    for (const card of inTurn) {
      if (!card.draw(end)) break;
      this.undrawn.delete(card);
      const block = this.scrollback.blocks.find(({ element }) => element === card.element);
      if (block) block.height = null;
      if (performance.now() > end) break;
    }
  }

  private show(): void {
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

const totalOf = (figures: PictureOnDemand[]) => figures.reduce((sum, { elements }) => sum + elements, 0);
