import type { Point } from '../../protocol/messages';
import type { OutputSink } from '../output';
import type { Files } from './files';

/** A post of points a second, and how many may come at once: a page that draws more often than it can shows less. */
const [postsASecond, burst] = [20, 10];

/** What a run brings. */
interface Turn {
  sink: OutputSink;
  files: Files;
  /** The lines written before the run; null: the reader is asked. */
  stdin: string | null;
  ask: (prompt: string) => void;
}

/** What a program shows besides text, and its files: the global `unroll`, and the module 'unroll/page'. */
export class Page {
  private turn: Turn | undefined;
  private lines: string[] | null = null;
  private step = 0;
  private points: Point[] = [];
  private tokens = burst;
  private refilled = 0;
  /** The question that waits for its line; the next one waits for it. */
  private asked: Promise<unknown> | null = null;
  private hear: (line: string) => void = () => {};
  private giveUp: (reason: Error) => void = () => {};

  constructor() {
    const { api } = this;
    Object.defineProperty(self, Symbol.for('unroll.page'), { value: api });
    Object.defineProperty(self, 'unroll', { value: api, configurable: true, writable: true });
  }

  /** What programs have. */
  readonly api = Object.freeze({
    log: (values: Record<string, unknown>, { step = this.step++ }: { step?: number } = {}) => this.log(values, step),
    figure: (svg: string, title = '', id: string | null = null) => {
      this.flush();
      this.turn?.sink.figure({
        kind: 'figure',
        id: id === null ? null : String(id),
        svg: String(svg),
        title: String(title),
      });
    },
    readFile: (name: string) => this.files.read(name),
    readText: (name: string) => this.files.text(name),
    writeFile: (name: string, data: unknown) => this.files.write(name, data),
    removeFile: (name: string) => this.files.remove(name),
    listFiles: () => this.files.names,
    input: (prompt = '') => this.inTurn(String(prompt)),
  });

  begin(turn: Turn): void {
    this.turn = turn;
    this.lines = turn.stdin === null ? null : turn.stdin.split('\n');
    this.step = 0;
    this.points = [];
    this.asked = null;
  }

  end(): void {
    this.flush();
    this.turn = undefined;
    this.hear('');
  }

  /** The program is to end: it waits for no line any more. */
  interrupt(reason: Error): void {
    this.giveUp(reason);
  }

  /** The reader has typed a line; '' is the end of the input. */
  answer(text: string): void {
    this.hear(text);
  }

  private get files(): Files {
    if (!this.turn) throw new Error('the program is over');
    return this.turn.files;
  }

  private log(values: Record<string, unknown>, step: number): void {
    if (typeof values !== 'object' || values === null)
      throw new TypeError('unroll.log() takes values by name, as in unroll.log({ loss })');
    for (const [tag, value] of Object.entries(values)) this.points.push([tag, finite(step), finite(value)]);
    if (this.mayPost()) this.flush();
  }

  private flush(): void {
    if (this.points.length > 0) this.turn?.sink.points(this.points);
    this.points = [];
  }

  private mayPost(): boolean {
    const now = performance.now();
    this.tokens = Math.min(burst, this.tokens + ((now - this.refilled) / 1000) * postsASecond);
    this.refilled = now;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }

  /** One question at a time, also where a program does not wait for the answers. */
  private inTurn(prompt: string): Promise<string | null> {
    const { asked } = this;
    const answer = asked ? asked.then(() => this.input(prompt)) : this.input(prompt);
    const settled = answer
      .catch(() => {})
      .then(() => {
        if (this.asked === settled) this.asked = null;
      });
    this.asked = settled;
    return answer;
  }

  /** A line without its end; null at the end of the input. */
  private async input(prompt: string): Promise<string | null> {
    const { turn, lines } = this;
    if (!turn) return null;
    if (prompt) turn.sink.text('stdout', prompt);
    if (lines) {
      const line = lines.shift() ?? null;
      if (line !== null) turn.sink.echo(`${line}\n`);
      return line;
    }
    turn.sink.end();
    turn.ask(prompt);
    const line = await new Promise<string>((resolve, reject) => {
      this.hear = resolve;
      this.giveUp = reject;
    });
    this.hear = () => {};
    if (line === '') return null;
    turn.sink.echo(line);
    return line.replace(/\n$/, '');
  }
}

/** A number that the plot can show; null stands for a gap in the line. */
function finite(value: unknown): number | null {
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}
