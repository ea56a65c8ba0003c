/**
 * Output on its way to the page, in characters: so much at most that the page is never far behind, and hears a program
 * end at once.
 */
export class Flow {
  private size = 0;
  private last = performance.now();
  private waiting: (() => void)[] = [];
  /** Called when the page has taken something. */
  onTaken: () => void = () => {};

  /**
   * @param most what may be on its way. @param rate characters that count as taken each millisecond, for workers that
   *   hear nothing while a program runs
   */
  constructor(
    private readonly most: number,
    private readonly rate: number,
  ) {}

  get hasRoom(): boolean {
    if (this.rate > 0) {
      const now = performance.now();
      this.size = Math.max(0, this.size - (now - this.last) * this.rate);
      this.last = now;
    }
    return this.size < this.most;
  }

  sent(size: number): void {
    this.size += size;
  }

  /** The page has taken so much. */
  taken(size: number): void {
    this.size = Math.max(0, this.size - size);
    this.onTaken();
    for (const goOn of this.waiting.splice(0)) goOn();
  }

  /** Calls back once the page has taken something. */
  once(goOn: () => void): void {
    this.waiting.push(goOn);
  }
}

/** For a program that can wait until the page has taken what it wrote. */
export const patientFlow = () => new Flow(1_000_000, 0);
/** For one that cannot: what it writes faster is left out in the middle. */
export const hastyFlow = () => new Flow(4_000_000, 4000);
