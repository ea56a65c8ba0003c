import type { Run } from './line-buffer';
import type { Look } from './looks';

/** Lines that are kept; older ones go, and a note says how many. */
export const keptLines = 100_000;
/** Characters that are kept, whatever the number of lines. */
const keptChars = 12_000_000;
/** Lines, characters and stretches of one look in one block: blocks come and go as wholes. */
const blockLines = 50;
const blockChars = 10_000;
const blockRuns = 500;

/** A piece of the output that is shown or not as a whole: some lines of text, or something of the panel's own. */
export interface Block {
  /** Lines of text, each with its end; neighbours that look the same in one run. Empty beside an `element`. */
  runs: Run[];
  lines: number;
  chars: number;
  /** What stands on the page for it, once it was in view. */
  element: HTMLElement | null;
  /** Runs that are not in the `element` yet. */
  fresh: Run[];
  /** Height in CSS pixels; null until it was measured in the present layout. */
  height: number | null;
  /** What the height is taken for until then. */
  guess: number | null;
}

/** The output so far: what is kept of it, in blocks. */
export class Scrollback {
  blocks: Block[] = [];
  droppedLines = 0;
  private lines = 0;
  private chars = 0;

  /** Adds a finished line. */
  add(line: Run[]): void {
    const block = this.openBlock();
    const whole = line.length > 0 ? [...line.slice(0, -1), ended(line[line.length - 1])] : [newline];
    for (const run of framed(whole)) {
      append(block.runs, run);
      if (block.element) append(block.fresh, run);
      block.chars += run.text.length;
      this.chars += run.text.length;
    }
    block.lines++;
    this.lines++;
    block.height = block.guess = null;
    while (this.lines - this.blocks[0].lines >= keptLines || this.chars > keptChars) this.dropFirst();
  }

  /** Adds something of the panel's own below the lines so far. */
  addElement(element: HTMLElement): void {
    this.blocks.push({ runs: [], lines: 0, chars: 0, element, fresh: [], height: null, guess: null });
  }

  removeElement(element: HTMLElement): void {
    this.blocks = this.blocks.filter((block) => block.element !== element);
  }

  clear(): void {
    this.blocks = [];
    this.lines = this.chars = this.droppedLines = 0;
  }

  /** All lines, without their looks. */
  get text(): string {
    return this.blocks.flatMap(({ runs }) => runs.map(({ text }) => text)).join('');
  }

  /** The block that takes the next line: the last one, unless it is full or no text. */
  private openBlock(): Block {
    const last = this.blocks.at(-1);
    const hasRoom = last && last.lines < blockLines && last.chars < blockChars && last.runs.length < blockRuns;
    if (hasRoom && last.lines > 0) return last;
    const block: Block = { runs: [], lines: 0, chars: 0, element: null, fresh: [], height: null, guess: null };
    this.blocks.push(block);
    return block;
  }

  private dropFirst(): void {
    const at = this.blocks.findIndex(({ lines }) => lines > 0);
    const [{ lines, chars, element }] = this.blocks.splice(at, 1);
    element?.remove();
    this.lines -= lines;
    this.chars -= chars;
    this.droppedLines += lines;
  }
}

/** Puts a run behind others; one that looks like the last one becomes a part of it. */
function append(runs: Run[], run: Run): void {
  const last = runs.at(-1);
  if (last?.look === run.look) last.text += run.text;
  else runs.push({ ...run });
}

const plain: Look = { kind: 'stdout', style: null };
const frame: Look = { kind: 'frame', style: null };
const newline: Run = { look: plain, text: '\n' };
const ended = ({ look, text }: Run): Run => ({ look, text: `${text}\n` });

/** Indented lines of a traceback go on in the next line at the same column, so that marks stand under what they mean. */
function framed(line: Run[]): Run[] {
  const [{ look, text }] = line;
  const isFrame = line.length === 1 && look.kind === 'stderr' && !look.style && text.startsWith('  ');
  return isFrame ? [{ look: frame, text }] : line;
}
