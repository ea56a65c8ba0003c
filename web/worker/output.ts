import type { OutputPart } from './protocol';

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

  constructor(private readonly post: Post) {}

  /** Takes raw bytes of one stream, as Pyodide's `setStdout({write})` gives them. Returns how many it took: all. */
  write(stream: OutputPart['stream'], bytes: Uint8Array): number {
    this.text(stream, this.decoders[stream].decode(bytes, { stream: true }));
    return bytes.length;
  }

  /** Adds text to a stream and sends it when it is time. */
  text(stream: OutputPart['stream'], text: string): void {
    if (!text) return;
    const last = this.pending.at(-1);
    if (last?.stream === stream) last.text += text;
    else this.pending.push({ stream, text });
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
