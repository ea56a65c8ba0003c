import { leftOut } from '../protocol/limits';
import { type Kind, type Look, Looks, restyled, type Style } from './looks';

/** A stretch of output that looks the same. */
export interface Run {
  look: Look;
  text: string;
}

/** Characters after which a line goes on in another one, so that no single line grows without bound. */
const longestLine = 20_000;
/** Characters of what the program meant to be one line; what comes behind them is left out. */
const mostOfLine = 100_000;
/** Stretches of a line that look different; the rest of it has no colours. */
const mostRuns = 200;
/** Columns that a program can jump to. */
const columns = 1000;
/** Characters after which an escape sequence without an end is none. */
const longestEscape = 4096;
/** Lines above the last one that a program can still come back to, as nested progress bars do. */
const openLines = 12;
/** The same for a program that draws on the whole screen. */
const screenLines = 50;
/** Characters of these lines: they are drawn anew in each frame. */
const openChars = 20_000;

interface Line {
  text: string;
  /** One letter for each character of `text`, or a single one for all: how it looks. */
  looks: string;
  /** Whether the program came back to it: then it is progress, not an error. */
  redrawn: boolean;
  /** Characters of the same line of the program that stand in the lines above. */
  before: number;
  /** Characters that belong here and were left out. */
  leftOut: number;
}

/**
 * Turns a stream of text into lines, the way a terminal does: a carriage return goes back to the start of the line and
 * what follows is written over it; `ESC [ A` goes up a line, `ESC [ K` clears the rest of one, `ESC [ 31 m` makes red.
 */
export class LineBuffer {
  private lines: Line[] = [emptyLine()];
  private row = 0;
  private column = 0;
  private reach = openLines;
  /** An escape sequence whose end has not come yet. */
  private cut = '';
  private readonly looks = new Looks();
  /** A colour that one stream leaves on does not colour the other. */
  private readonly styles = new Map<Kind, Style | null>();

  /** Takes text of one kind; gives back the lines that are out of reach by now, each with its runs. */
  write(kind: Kind, text: string): Run[][] {
    const finished: Run[][] = [];
    const whole = this.cut + text;
    this.cut = unfinishedEscape.exec(whole)?.[0] ?? '';
    if (this.cut.length > longestEscape) this.cut = '';
    for (const piece of whole.slice(0, whole.length - this.cut.length).split(controls)) {
      if (piece === '\n' || piece === '\r\n') this.down(finished);
      else if (piece === '\r') this.toStart(finished);
      else if (piece === '\b') this.column = Math.max(0, this.column - 1);
      else if (piece[0] === esc) this.obey(kind, piece, finished);
      else if (piece && piece !== '\x07') this.put(kind, piece);
      if (this.line.text.length > longestLine) this.goOn(finished);
    }
    return finished;
  }

  /** The lines that the program can still come back to; the last one is unfinished. */
  get open(): Run[][] {
    return this.lines.map((line) => this.toRuns(line));
  }

  /** Gives up the lines above the one where the program writes: something else comes after them. */
  release(): Run[][] {
    const released = this.lines.splice(0, this.row).map((line) => this.toRuns(line));
    this.row = 0;
    return released;
  }

  /** Goes to the end of all lines. True when the last one is empty. */
  toEnd(): boolean {
    this.row = this.lines.length - 1;
    this.column = this.line.text.length;
    return this.column === 0 && this.line.leftOut === 0;
  }

  private get line(): Line {
    return this.lines[this.row];
  }

  private toStart(finished: Run[][]): void {
    if (this.line.leftOut > 0) this.down(finished);
    this.column = 0;
    this.line.redrawn = true;
  }

  /** The line is full: what follows it stands in the next one. */
  private goOn(finished: Run[][]): void {
    const { before, text } = this.line;
    this.down(finished);
    if (this.line.text === '') this.line.before = before + text.length;
  }

  private down(finished: Run[][]): void {
    this.row++;
    this.column = 0;
    if (this.row < this.lines.length) return;
    this.lines.push(emptyLine());
    let chars = this.lines.reduce((sum, { text }) => sum + text.length, 0);
    while (this.lines.length > this.reach || (chars > openChars && this.lines.length > 1)) {
      const line = this.lines.shift() as Line;
      chars -= line.text.length;
      finished.push(this.toRuns(line));
      this.row--;
    }
  }

  private obey(kind: Kind, sequence: string, finished: Run[][]): void {
    const [, parameters = '', letter] = command.exec(sequence) ?? [];
    const numbers = parameters.split(/[;:]/).map(Number);
    const [first] = numbers;
    const by = first || 1;
    if (letter === 'm') this.styles.set(kind, restyled(this.styles.get(kind) ?? null, parameters ? numbers : []));
    else if (letter === 'A' || letter === 'F') this.row = Math.max(0, this.row - by);
    else if (letter === 'B' || letter === 'E') this.row = Math.min(this.lines.length - 1, this.row + by);
    else if (letter === 'C') this.column = Math.max(this.column, Math.min(this.column + by, columns));
    else if (letter === 'D') this.column = Math.max(0, this.column - by);
    else if (letter === 'G') this.column = Math.min(by, columns) - 1;
    else if (letter === 'K') this.clearLine(first);
    else if (letter === 'H' || letter === 'f') this.goTo(by, numbers[1] || 1, finished);
    else if (letter === 'J') this.clearScreen(first);
    if (letter === 'E' || letter === 'F') this.column = 0;
  }

  private clearLine(what: number): void {
    const { line, column } = this;
    if (what === 2) Object.assign(line, emptyLine(), { redrawn: true });
    if (what !== 0) return;
    line.looks = eachLook(line).slice(0, column);
    line.text = line.text.slice(0, column);
  }

  /** The screen is the lines that are open. */
  private goTo(row: number, column: number, finished: Run[][]): void {
    this.reach = screenLines;
    const target = Math.min(row, screenLines) - 1;
    this.row = Math.min(target, this.lines.length - 1);
    while (this.row < target) this.down(finished);
    this.column = Math.min(column, columns) - 1;
  }

  private clearScreen(what: number): void {
    this.reach = screenLines;
    if (what === 0) {
      this.clearLine(0);
      this.lines.length = this.row + 1;
    } else if (what === 2 || what === 3) {
      this.lines = [emptyLine()];
      this.row = this.column = 0;
    }
  }

  private put(kind: Kind, piece: string): void {
    const { line, column } = this;
    if (line.before >= mostOfLine) {
      line.leftOut += piece.length;
      return;
    }
    const style = this.styles.get(kind) ?? null;
    const letter = this.looks.letter(kind === 'stderr' && line.redrawn ? 'progress' : kind, style);
    const gap = Math.max(0, column - line.text.length);
    const end = column + piece.length;
    if (line.text === '' && gap === 0) {
      line.looks = letter;
    } else if (line.looks !== letter || gap > 0) {
      const looks = eachLook(line);
      const blank = gap > 0 ? this.looks.letter(kind, null).repeat(gap) : '';
      line.looks = looks.slice(0, column) + blank + letter.repeat(piece.length) + looks.slice(end);
    }
    line.text = line.text.slice(0, column) + ' '.repeat(gap) + piece + line.text.slice(end);
    this.column = end;
  }

  private toRuns(line: Line): Run[] {
    const { text, looks } = line;
    if (line.leftOut > 0) return [this.run(this.looks.letter('note', null), leftOut({ character: line.leftOut }))];
    if (looks.length <= 1) return text ? [this.run(looks, text)] : [];
    const runs: Run[] = [];
    for (let from = 0; from < text.length; ) {
      const letter = looks[from];
      let to = from + 1;
      while (to < text.length && looks[to] === letter) to++;
      if (runs.length === mostRuns) to = text.length;
      const { kind } = this.looks.at(letter);
      runs.push(this.run(runs.length === mostRuns ? this.looks.letter(kind, null) : letter, text.slice(from, to)));
      from = to;
    }
    return runs;
  }

  private run(letter: string, text: string): Run {
    return { look: this.looks.at(letter), text };
  }
}

/** A letter for each character. */
const eachLook = ({ text, looks }: Line) => (looks.length === 1 ? looks.repeat(text.length) : looks);

const esc = '\x1b';
const bell = '\x07';
/** `ESC [ … letter`, `ESC ] … end` (titles, links), and short ones that choose fonts and modes. */
const sequence = `${esc}\\[[\\d;:?<=>]*[ -/]*[@-~]|${esc}\\][^${bell}${esc}]*(?:${bell}|${esc}\\\\)|${esc}[()][\\w]|${esc}[\\w=>]`;
const controls = new RegExp(`(\\r\\n|\\n|\\r|[\\b${bell}]|${sequence})`);
const unfinishedEscape = new RegExp(`${esc}(?:\\[[\\d;:?<=>]*[ -/]*|\\][^${bell}${esc}]*${esc}?|[()])?$`);
const command = new RegExp(`^${esc}\\[([\\d;:]*)([A-Za-z])$`);
const emptyLine = (): Line => ({ text: '', looks: '', redrawn: false, before: 0, leftOut: 0 });
