/** Milliseconds after which work goes on without a frame: a tab behind another one has none. */
const patience = 500;
/** Share of the time between two frames that work may take, and what it may take at least and at most, in ms. */
const share = 0.4;
const [least, most] = [8, 30];

/** Work of the next animation frame. */
export class NextFrame {
  private frame = 0;
  private timer = 0;
  private asked = 0;

  /** `work` hears how many milliseconds it may take. */
  constructor(private readonly work: (time: number) => void) {}

  ask(): void {
    if (this.frame) {
      // Timers wait long in such a tab.
      if (performance.now() - this.asked > patience) this.begin();
      return;
    }
    this.asked = performance.now();
    this.frame = requestAnimationFrame(() => this.begin());
    this.timer = window.setTimeout(() => this.begin(), patience);
  }

  cancel(): void {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.timer);
    this.frame = 0;
  }

  private begin(): void {
    this.cancel();
    this.work(Math.min(most, Math.max(least, share * (performance.now() - this.asked))));
  }
}
