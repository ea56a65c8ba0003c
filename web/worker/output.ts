import type { FigurePart, OutputPart, Point, TextPart } from './protocol';

type Post = (parts: OutputPart[]) => void;

/** Milliseconds between posts of a program that prints without end. */
const batchTime = 16;
/** Writes that go out at once before batching starts; one comes back each millisecond. */
const burst = 64;

/**
 * Sends what a program writes to the page.
 *
 * A busy Python program never comes back to the event loop, so no timer can send what is waiting: what it writes goes
 * out at once, until the program prints so fast that the page would drown; from then on in batches.
 */
export class OutputSink {
  private readonly decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  private pending: OutputPart[] = [];
  private lastPost = 0;
  private tokens = burst;
  /** Which stream was written last, and whether its line is complete. */
  private last: { kind: TextPart['kind']; ended: boolean } = { kind: 'stdout', ended: true };

  constructor(private readonly post: Post) {}

  /** Takes raw bytes of one stream, as Pyodide's `setStdout({write})` gives them. Returns how many it took: all. */
  write(kind: TextPart['kind'], bytes: Uint8Array): number {
    this.text(kind, this.decoders[kind].decode(bytes, { stream: true }));
    return bytes.length;
  }

  /** Adds text to a stream and sends it when it is time. */
  text(kind: TextPart['kind'], text: string): void {
    if (!text) return;
    this.last = { kind, ended: text.endsWith('\n') };
    const last = this.pending.at(-1);
    if (last?.kind === kind) last.text += text;
    else this.pending.push({ kind, text });
    this.sendInTime();
  }

  /** Adds a line that the reader typed, or wrote beforehand. */
  echo(text: string): void {
    this.last = { kind: 'stdout', ended: true };
    this.pending.push({ kind: 'input', text });
    this.sendInTime();
  }

  /** Ends a line that the program left open on this stream, as a progress bar does. */
  endLine(kind: TextPart['kind']): void {
    if (this.last.kind === kind && !this.last.ended) this.text(kind, '\n');
  }

  /** Adds a picture. One that waits and would be replaced by it is not sent at all. */
  figure(figure: FigurePart): void {
    const place = this.pending.findIndex((part) => part.kind === 'figure' && part.id !== null && part.id === figure.id);
    if (place < 0) this.pending.push(figure);
    else this.pending[place] = figure;
    this.sendInTime();
  }

  /** Adds points of the live plot, which come in batches already. */
  points(points: Point[]): void {
    this.pending.push({ kind: 'points', points });
    this.flush();
  }

  private sendInTime(): void {
    const now = performance.now();
    const waited = now - this.lastPost;
    if (waited >= batchTime || this.tokens + waited >= 1) this.flush(now);
  }

  /** Sends everything that waits. */
  flush(now = performance.now()): void {
    if (this.pending.length === 0) return;
    this.tokens = Math.min(burst, this.tokens + (now - this.lastPost)) - 1;
    this.lastPost = now;
    this.post(this.pending);
    this.pending = [];
  }
}
