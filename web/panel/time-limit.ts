import type { Feature } from './feature';
import type { UnrollPanel } from './unroll-panel';

/** `timeout`: ends a program that runs too long, and says so. */
export class TimeLimit implements Feature {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly panel: UnrollPanel) {}

  /** Loading does not count. */
  started(): void {
    const seconds = this.panel.timeout;
    clearTimeout(this.timer);
    if (!seconds) return;
    this.timer = setTimeout(() => {
      const unit = seconds === 1 ? 'second' : 'seconds';
      this.panel.output?.writeNote(`The time limit of this panel is ${seconds} ${unit}.`);
      void this.panel.stop();
    }, seconds * 1000);
  }

  afterRun(): void {
    clearTimeout(this.timer);
  }

  onReset(): void {
    clearTimeout(this.timer);
  }

  disconnected(): void {
    clearTimeout(this.timer);
  }
}
