/** How a stretch of output looks. A frame is a line of stderr that must not be wrapped. */
export type Kind = 'stdout' | 'stderr' | 'frame' | 'note';

export interface Run {
  kind: Kind;
  text: string;
}

/** Characters after which a line without an end is ended here, so that no single line grows without bound. */
const longestLine = 20_000;

/**
 * Turns a stream of text into lines, the way a terminal does: a carriage return goes back to the start of the line and
 * what follows is written over it.
 */
export class LineBuffer {
  private text = '';
  /** One letter for each character of `text`: which kind wrote it. */
  private kinds = '';
  private cursor = 0;

  /** Takes text of one kind; gives back the lines that it finished, each with its runs. */
  write(kind: Kind, text: string): Run[][] {
    const finished: Run[][] = [];
    for (const piece of text.split(/(\r\n|\n|\r|[\b])/)) {
      if (piece === '\n' || piece === '\r\n') finished.push(this.endLine());
      else if (piece === '\r') this.cursor = 0;
      else if (piece === '\b') this.cursor = Math.max(0, this.cursor - 1);
      else if (piece) this.put(kind, piece);
      if (this.text.length > longestLine) finished.push(this.endLine());
    }
    return finished;
  }

  /** The unfinished line. */
  get current(): Run[] {
    return toRuns(this.text, this.kinds);
  }

  private put(kind: Kind, piece: string): void {
    const mark = letters[kind].repeat(piece.length);
    const end = this.cursor + piece.length;
    this.text = this.text.slice(0, this.cursor) + piece + this.text.slice(end);
    this.kinds = this.kinds.slice(0, this.cursor) + mark + this.kinds.slice(end);
    this.cursor = end;
  }

  private endLine(): Run[] {
    const runs = this.current;
    this.text = this.kinds = '';
    this.cursor = 0;
    return runs;
  }
}

const letters: Record<Kind, string> = { stdout: 'o', stderr: 'e', frame: 'f', note: 'n' };
const kindOf = Object.fromEntries(Object.entries(letters).map(([kind, letter]) => [letter, kind as Kind]));

function toRuns(text: string, kinds: string): Run[] {
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
