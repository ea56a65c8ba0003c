import { type Kind, LineBuffer, type Run } from './line-buffer';

/** Lines that stay on the page; older ones go, and a note says how many. */
export const keptLines = 5000;
/** Lines of one block of the page: blocks come and go as wholes. */
const blockLines = 100;
/** Blocks from which on those out of sight are left out of the layout. */
const longOutput = 10;

/**
 * The output of a program: shows what is written once an animation frame, whatever the program's speed, and stays at
 * the newest line unless the reader scrolled up.
 */
export class ConsoleView {
  private buffer = new LineBuffer();
  private waiting: Run[][] = [];
  private blocks: { element: HTMLElement; lines: number }[] = [];
  private shown = 0;
  private dropped = 0;
  private frame = 0;
  private readonly note = element('div', 'dropped');
  private readonly current = element('div', 'block');

  /** `container` scrolls; its content belongs to this view. */
  constructor(private readonly container: HTMLElement) {
    this.clear();
  }

  /** Adds output. */
  write(kind: Kind, text: string): void {
    for (const line of this.buffer.write(kind, text)) this.waiting.push(line);
    // What would be pushed out before it is ever seen need not wait for its frame.
    const surplus = this.waiting.length - keptLines;
    if (surplus > blockLines) {
      this.waiting.splice(0, surplus);
      this.dropped += surplus;
    }
    this.frame ||= requestAnimationFrame(() => this.render());
  }

  /** Adds a line of the panel's own, on a line of its own. */
  writeNote(text: string): void {
    if (this.buffer.current.length > 0) this.write('stdout', '\n');
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
    this.shown = this.dropped = 0;
    this.note.hidden = true;
    this.current.replaceChildren();
    this.container.replaceChildren(this.note, this.current);
  }

  private render(): void {
    this.frame = 0;
    const { scrollTop, scrollHeight, clientHeight } = this.container;
    const follows = scrollHeight - scrollTop - clientHeight < 24;
    this.appendWaiting();
    this.dropOld();
    this.container.classList.toggle('long', this.blocks.length > longOutput);
    this.current.replaceChildren(...this.buffer.current.map(toNode));
    if (follows) this.container.scrollTop = this.container.scrollHeight;
  }

  private appendWaiting(): void {
    const lines = this.waiting;
    this.waiting = [];
    for (let from = 0; from < lines.length; ) {
      let block = this.blocks.at(-1);
      if (!block || block.lines >= blockLines) {
        block = { element: element('div', 'block'), lines: 0 };
        this.blocks.push(block);
        this.current.before(block.element);
      }
      const some = lines.slice(from, from + blockLines - block.lines);
      block.element.append(...joined(some).map(toNode));
      block.lines += some.length;
      this.shown += some.length;
      from += some.length;
    }
  }

  private dropOld(): void {
    while (this.blocks.length > 1 && this.shown - this.blocks[0].lines >= keptLines) {
      const { element: gone, lines } = this.blocks.shift() as { element: HTMLElement; lines: number };
      gone.remove();
      this.shown -= lines;
      this.dropped += lines;
    }
    if (this.dropped === 0) return;
    this.note.hidden = false;
    this.note.textContent = `… ${this.dropped.toLocaleString('en')} earlier lines are not shown`;
  }
}

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
