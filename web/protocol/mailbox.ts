/** Longest line that fits, in bytes. */
const room = 1 << 16;
const [signal, state, length, text] = [0, 4, 8, 12];
const [nothing, line, stop] = [0, 1, 2];

/**
 * Memory that a cross-origin isolated page shares with its worker: Python looks at its first byte for an interrupt, and
 * a program can wait in it for time to pass or for a line that the reader types.
 */
export class Mailbox {
  private readonly bytes: Uint8Array;
  private readonly words: Int32Array;

  constructor(readonly memory = new SharedArrayBuffer(text + room)) {
    this.bytes = new Uint8Array(memory);
    this.words = new Int32Array(memory);
  }

  /** Interrupts the program, also where it waits. */
  interrupt(): void {
    this.bytes[signal] = 2;
    this.tell(stop);
  }

  /** Takes back what was not heard. */
  clear(): void {
    this.bytes[signal] = 0;
    Atomics.store(this.words, state >> 2, nothing);
  }

  /** Hands a line to the program that waits for one; '' is the end of the input. */
  put(typed: string): void {
    const { written } = new TextEncoder().encodeInto(typed, new Uint8Array(room));
    const bytes = new TextEncoder().encode(typed).subarray(0, written);
    this.bytes.set(bytes, text);
    this.words[length >> 2] = bytes.length;
    this.tell(line);
  }

  /** In the worker: waits for so many milliseconds. True when the program is to stop. */
  sleep(milliseconds: number): boolean {
    Atomics.wait(this.words, state >> 2, nothing, milliseconds);
    return Atomics.load(this.words, state >> 2) === stop;
  }

  /** In the worker: waits for a line. Undefined when the program is to stop. */
  take(): string | undefined {
    if (this.sleep(Number.POSITIVE_INFINITY)) return undefined;
    const typed = new TextDecoder().decode(this.bytes.slice(text, text + this.words[length >> 2]));
    Atomics.store(this.words, state >> 2, nothing);
    return typed;
  }

  private tell(what: number): void {
    Atomics.store(this.words, state >> 2, what);
    Atomics.notify(this.words, state >> 2);
  }
}
