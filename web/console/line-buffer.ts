/** How a stretch of output looks. A frame is a line of stderr that must not be wrapped; progress is one that is redrawn. */
export type Kind = 'stdout' | 'stderr' | 'input' | 'frame' | 'progress' | 'note';

export interface Run {
  kind: Kind;
  text: string;
}

/** Characters after which a line without an end is ended here, so that no single line grows without bound. */
const longestLine = 20_000;
/** Lines above the last one that a program can still come back to, as nested progress bars do. */
const openLines = 12;

interface Line {
  text: string;
  /** One letter for each character of `text`: which kind wrote it. */
  kinds: string;
  /** Whether the program came back to it: then it is progress, not an error. */
  redrawn: boolean;
}

/**
 * Turns a stream of text into lines, the way a terminal does: a carriage return goes back to the start of the line and
 * what follows is written over it; `ESC [ A` goes up a line, `ESC [ K` clears the rest of one. Colours are left out.
 */
export class LineBuffer {
  private lines: Line[] = [emptyLine()];
  private row = 0;
  private column = 0;
  /** An escape sequence whose end has not come yet. */
  private cut = '';

  /** Takes text of one kind; gives back the lines that are out of reach by now, each with its runs. */
  write(kind: Kind, text: string): Run[][] {
    const finished: Run[][] = [];
    const whole = this.cut + text;
    this.cut = unfinishedEscape.exec(whole)?.[0] ?? '';
    for (const piece of whole.slice(0, whole.length - this.cut.length).split(controls)) {
      if (piece === '\n' || piece === '\r\n') this.down(finished);
      else if (piece === '\r') this.toStart();
      else if (piece === '\b') this.column = Math.max(0, this.column - 1);
      else if (piece[0] === esc) this.obey(piece);
      else if (piece) this.put(kind, piece);
      if (this.line.text.length > longestLine) this.down(finished);
    }
    return finished;
  }

  /** The lines that the program can still come back to; the last one is unfinished. */
  get open(): Run[][] {
    return this.lines.map(toRuns);
  }

  /** Gives up the lines above the one where the program writes: something else comes after them. */
  release(): Run[][] {
    const released = this.lines.splice(0, this.row).map(toRuns);
    this.row = 0;
    return released;
  }

  /** Goes to the end of all lines. True when the last one is empty. */
  toEnd(): boolean {
    this.row = this.lines.length - 1;
    this.column = this.line.text.length;
    return this.column === 0;
  }

  private get line(): Line {
    return this.lines[this.row];
  }

  private toStart(): void {
    this.column = 0;
    this.line.redrawn = true;
  }

  private down(finished: Run[][]): void {
    this.row++;
    this.column = 0;
    if (this.row === this.lines.length) this.lines.push(emptyLine());
    if (this.lines.length <= openLines) return;
    finished.push(toRuns(this.lines.shift() as Line));
    this.row--;
  }

  private obey(sequence: string): void {
    const [, count, letter] = command.exec(sequence) ?? [];
    if (letter === 'A') this.row = Math.max(0, this.row - (Number(count) || 1));
    if (letter === 'K') {
      this.line.text = this.line.text.slice(0, this.column);
      this.line.kinds = this.line.kinds.slice(0, this.column);
    }
  }

  private put(kind: Kind, piece: string): void {
    const { line, column } = this;
    const letter = letters[kind === 'stderr' && line.redrawn ? 'progress' : kind];
    const gap = Math.max(0, column - line.text.length);
    const end = column + piece.length;
    line.text = line.text.slice(0, column) + ' '.repeat(gap) + piece + line.text.slice(end);
    line.kinds = line.kinds.slice(0, column) + letter.repeat(gap + piece.length) + line.kinds.slice(end);
    this.column = end;
  }
}

const esc = '\x1b';
const controls = new RegExp(`(\\r\\n|\\n|\\r|[\\b]|${esc}\\[[\\d;?]*[A-Za-z])`);
const unfinishedEscape = new RegExp(`${esc}(?:\\[[\\d;?]*)?$`);
const command = new RegExp(`^${esc}\\[([\\d;]*)([A-Za-z])$`);
const emptyLine = (): Line => ({ text: '', kinds: '', redrawn: false });

const letters: Record<Kind, string> = { stdout: 'o', stderr: 'e', input: 'i', frame: 'f', progress: 'p', note: 'n' };
const kindOf = Object.fromEntries(Object.entries(letters).map(([kind, letter]) => [letter, kind as Kind]));

function toRuns({ text, kinds }: Line): Run[] {
  const runs: Run[] = [];
  for (let from = 0; from < text.length; ) {
    const letter = kinds[from];
    let to = from + 1;
    while (to < text.length && kinds[to] === letter) to++;
    runs.push({ kind: kindOf[letter], text: text.slice(from, to) });
    from = to;
  }
  return runs;
}
