import { Backlog, sizeOf } from '../protocol/backlog';
import { mostSvg, shortName } from '../protocol/limits';
import type { FigurePart, OutputPart, Point, TextPart } from '../protocol/messages';
import type { Flow } from './flow';

type Post = (parts: OutputPart[], size: number) => void;

/** Milliseconds between posts of a program that prints without end. */
const batchTime = 16;
/** Writes that go out at once before batching starts; one comes back each millisecond. */
const burst = 64;
/** Characters of one post. */
const mostOfPost = 128 << 10;
/** Characters that wait here where the page has not taken what was sent. */
const mostWaiting = 2_000_000;
/** Points of one part. */
const pointsOfPart = 500;

/**
 * Sends what a program writes to the page.
 *
 * A busy Python program never comes back to the event loop, so no timer can send what is waiting: what it writes goes
 * out at once, until the program prints so fast that the page would drown; from then on in batches, and no more than
 * the flow has room for.
 */
export class OutputSink {
  private readonly decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  private readonly waiting = new Backlog(mostWaiting);
  private lastPost = 0;
  private tokens = burst;
  /** Which stream was written last, and whether its line is complete. */
  private last: { kind: TextPart['kind']; ended: boolean } = { kind: 'stdout', ended: true };

  /** The page answers each post with its size, which the flow hears of. */
  constructor(
    private readonly post: Post,
    private readonly flow: Flow,
  ) {
    flow.onTaken = () => this.flush();
  }

  /** Takes raw bytes of one stream, as Pyodide's `setStdout({write})` gives them. Returns how many it took: all. */
  write(kind: TextPart['kind'], bytes: Uint8Array): number {
    this.text(kind, this.decoders[kind].decode(bytes, { stream: true }));
    return bytes.length;
  }

  /** Adds text to a stream and sends it when it is time. */
  text(kind: TextPart['kind'], text: string): void {
    if (!text) return;
    this.last = { kind, ended: text.endsWith('\n') };
    this.add({ kind, text });
  }

  /** Adds a line that the reader typed, or wrote beforehand. */
  echo(text: string): void {
    this.last = { kind: 'stdout', ended: true };
    this.add({ kind: 'input', text });
  }

  /** Ends a line that the program left open on this stream, as a progress bar does. */
  endLine(kind: TextPart['kind']): void {
    if (this.last.kind === kind && !this.last.ended) this.text(kind, '\n');
  }

  /** Adds a picture. One that waits and would be replaced by it is not sent at all. */
  figure(figure: FigurePart): void {
    // Of one that is too large the page says so.
    const svg = figure.svg.length > mostSvg ? figure.svg.slice(0, mostSvg + 1) : figure.svg;
    this.add({ ...figure, svg, title: shortName(figure.title) });
  }

  /** Adds points of the live plot, which come in batches already. */
  points(points: Point[]): void {
    const short = points.map(([tag, ...rest]): Point => [shortName(tag), ...rest]);
    for (let from = 0; from < short.length; from += pointsOfPart)
      this.waiting.add({ kind: 'points', points: short.slice(from, from + pointsOfPart) });
    this.flush();
  }

  /** Whether the program is ahead of the page, and is to wait where it can. */
  get isAhead(): boolean {
    return !this.flow.hasRoom;
  }

  /** Calls back once the page has taken something. */
  onceTaken(goOn: () => void): void {
    this.flow.once(goOn);
  }

  /** Sends what waits, as far as there is room for it on the way. */
  flush(now = performance.now()): void {
    while (!this.waiting.isEmpty && this.flow.hasRoom) this.send(now);
  }

  /** Sends everything that waits: the program is over, or asks the reader. */
  end(): void {
    while (!this.waiting.isEmpty) this.send(performance.now());
  }

  private add(part: OutputPart): void {
    this.waiting.add(part);
    const now = performance.now();
    const waited = now - this.lastPost;
    if (waited >= batchTime || this.tokens + waited >= 1 || this.waiting.size > mostOfPost) this.flush(now);
  }

  private send(now: number): void {
    this.tokens = Math.min(burst, this.tokens + (now - this.lastPost)) - 1;
    this.lastPost = now;
    const parts: OutputPart[] = [];
    let size = 0;
    while (size < mostOfPost) {
      const part = this.waiting.take(mostOfPost - size);
      if (!part) break;
      parts.push(part);
      size += sizeOf(part);
    }
    this.flow.sent(size);
    this.post(parts, size);
  }
}
