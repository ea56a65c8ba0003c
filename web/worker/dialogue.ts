import type { PyodideAPI } from 'pyodide';
import type { Mailbox } from '../protocol/mailbox';
import type { OutputSink } from './output';
import { limitStack } from './python-limits';

/** Milliseconds between two looks at what the page has sent. */
const beatTime = 50;
/** Milliseconds after which a Stop that a program has swallowed is said again. */
const patience = 250;
/** A timer takes no more. */
const longest = 2 ** 31 - 1;

/** What a run brings: what it shows, the lines written before it (null: the reader is asked), and who asks the reader. */
interface Turn {
  sink: OutputSink;
  stdin: string | null;
  ask: (prompt: string) => void;
}

/**
 * What a running program and its page say to each other: Stop, and lines for `input()`. See unroll/dialogue.py.
 *
 * Where WebAssembly can wait for promises (JSPI) a program comes back to the event loop by itself, on an isolated page
 * the worker waits in memory that both share. Elsewhere a running program hears nothing.
 */
export class Dialogue {
  private turn: Turn | undefined;
  /** Whether Python's handler of the interrupt is there: while the program runs. */
  private listens = false;
  private stopping = false;
  private lastBeat = 0;
  private lastStop = 0;
  /** Ends what the program waits for. */
  private wake: (line?: string) => void = () => {};
  private readonly channel = new MessageChannel();
  /** As a program finds it that has not changed it by `import js`. */
  private readonly comeBack = this.channel.port1.postMessage.bind(this.channel.port1);

  constructor(
    pyodide: PyodideAPI,
    private readonly canSuspend: boolean,
    private readonly mailbox: Mailbox | null,
  ) {
    const host = {
      beats: !mailbox,
      suspends: canSuspend,
      waits: canSuspend || mailbox !== null,
      guard: () => limitStack(pyodide),
      listen: (isOn: boolean) => {
        this.listens = isOn;
      },
      beat: () => this.beat(),
      moment: () => Promise.resolve(true),
      again: () => this.again(),
      sleep: (seconds: number) => this.sleep(Math.min(seconds * 1000, longest)),
      stdin: () => this.turn?.stdin ?? undefined,
      ask: (prompt: string) => this.ask(prompt),
      echo: (text: string) => this.turn?.sink.echo(text),
    };
    const python = pyodide.pyimport('unroll.dialogue') as { connect(page: typeof host): void };
    python.connect(host);
    if (mailbox) pyodide.setInterruptBuffer(new Uint8Array(mailbox.memory));
    else if (canSuspend) pyodide.setInterruptBuffer(this.beats() as unknown as Uint8Array);
  }

  /** A run begins. */
  begin(turn: Turn): void {
    this.turn = turn;
    this.stopping = false;
    this.lastStop = 0;
    this.lastBeat = performance.now();
  }

  /** The run is over. */
  end(): void {
    this.turn = undefined;
    this.listens = false;
  }

  /** Whether a program runs. */
  get isOn(): boolean {
    return this.turn !== undefined;
  }

  /** The page wants the program to end. */
  stop(): void {
    this.stopping = true;
    this.wake();
  }

  /** The reader has typed a line; '' is the end of the input. */
  answer(line: string): void {
    this.wake(line);
  }

  /** Stands where Python looks for an interrupt: it finds one each time when the page is to be heard. */
  private beats() {
    const isDue = () => {
      if (!this.listens) return 0;
      const isTime = performance.now() - this.lastBeat >= beatTime;
      if (!isTime && !this.turn?.sink.isAhead) return 0;
      // Its handler listens again when it is through: it must not meet itself.
      this.listens = false;
      this.lastBeat = performance.now();
      return 2;
    };
    return {
      get 0() {
        return isDue();
      },
      // Python clears what it has read.
      set 0(_read: number) {},
    };
  }

  /** Back to the event loop until the page has what was printed. Resolves to whether the program is to stop now. */
  private async beat(): Promise<boolean> {
    this.turn?.sink.flush();
    await new Promise((resolve) => {
      this.channel.port2.onmessage = resolve;
      this.comeBack(null);
    });
    while (this.turn?.sink.isAhead && !this.stopping) await this.nextTaken(this.turn.sink);
    this.lastBeat = performance.now();
    const isTime = this.stopping && this.lastBeat - this.lastStop > patience;
    if (isTime) this.lastStop = this.lastBeat;
    return isTime;
  }

  /** Resolves when the page has taken some of what was printed, or wants the program to end. */
  private nextTaken(sink: OutputSink): Promise<void> {
    return new Promise((resolve) => {
      this.wake = () => resolve();
      sink.onceTaken(resolve);
    });
  }

  /** Python could not take the interrupt where it came: it finds one soon again. */
  private again(): void {
    this.lastBeat = 0;
    if (this.mailbox) new Uint8Array(this.mailbox.memory)[0] = 2;
  }

  /** True when the program is to stop. */
  private sleep(milliseconds: number): Promise<boolean> | boolean {
    this.turn?.sink.flush();
    if (!this.canSuspend) return this.heard(this.mailbox?.sleep(milliseconds) ?? false);
    return new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve(true);
      };
      if (this.stopping) this.wake();
    }).then((stopped) => this.heard(stopped));
  }

  /** A line with its end, '' at the end of the input, undefined when the program is to stop. */
  private ask(prompt: string): Promise<string | undefined> | string | undefined {
    this.turn?.sink.end();
    this.turn?.ask(prompt);
    const heard = (line?: string) => {
      this.heard(line === undefined);
      return line;
    };
    if (!this.canSuspend) return heard(this.mailbox?.take());
    return new Promise<string | undefined>((resolve) => {
      this.wake = resolve;
      if (this.stopping) this.wake();
    }).then(heard);
  }

  private heard(stopped: boolean): boolean {
    this.wake = () => {};
    this.lastBeat = performance.now();
    if (stopped) {
      this.lastStop = this.lastBeat;
      this.mailbox?.clear();
    }
    return stopped;
  }
}
