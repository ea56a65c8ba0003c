import type { Feature } from '../feature';
import type { PanelHost } from '../host';

/** `timeout`: ends a program that runs too long, and says so. */
export class TimeLimit implements Feature {
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Milliseconds that the program has left; null where no time runs. */
  private left: number | null = null;
  private since = 0;

  constructor(private readonly panel: PanelHost) {}

  beforeRun(): void {
    this.clear();
  }

  /** Loading does not count. */
  started(): void {
    this.clear();
    const { timeout } = this.panel;
    if (timeout) this.go(timeout * 1000);
  }

  /** Nor does the time that the reader takes for an answer. */
  onAsk(waits: boolean): void {
    if (this.left === null) return;
    clearTimeout(this.timer);
    if (waits) this.left -= performance.now() - this.since;
    else this.go(this.left);
  }

  onStop(): void {
    this.clear();
  }

  afterRun(): void {
    this.clear();
  }

  onReset(): void {
    this.clear();
  }

  disconnected(): void {
    this.clear();
  }

  private go(left: number): void {
    this.left = left;
    this.since = performance.now();
    this.timer = setTimeout(() => this.end(), left);
  }

  private end(): void {
    const { timeout, output } = this.panel;
    output?.writeNote(`The time limit of this panel is ${timeout} ${timeout === 1 ? 'second' : 'seconds'}.`);
    void this.panel.stop();
  }

  private clear(): void {
    clearTimeout(this.timer);
    this.left = null;
  }
}
