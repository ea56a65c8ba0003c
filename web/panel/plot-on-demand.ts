import type { LivePlot } from '../plots/live-plot';
import type { Enlarge } from '../plots/picture-tools';
import type { Point } from '../protocol/messages';

/** The live plot, which is loaded with the first points that a program sends. */
export class PlotOnDemand {
  private plot: LivePlot | undefined;
  /** Resolves when the plot is there, or cannot be had. */
  private coming: Promise<void> | undefined;
  private waiting: Point[] = [];

  /** @param complain hears of a plot that cannot be loaded, in a sentence */
  constructor(
    private readonly container: HTMLElement,
    private readonly enlarge: Enlarge,
    private readonly complain: (problem: string) => void,
  ) {}

  add(points: Point[]): void {
    if (this.plot) {
      this.plot.add(points);
      return;
    }
    this.waiting.push(...points);
    this.coming ??= this.bring();
  }

  /** Its charts, each as the file of it. */
  get pictures(): SVGSVGElement[] {
    return this.plot?.pictures ?? [];
  }

  /** Shows everything now. */
  flush(): void {
    this.plot?.flush();
  }

  /** Resolves when all points that came are shown. */
  async shown(): Promise<void> {
    await this.coming;
    await this.plot?.shown();
  }

  clear(): void {
    this.waiting = [];
    this.plot?.clear();
  }

  private async bring(): Promise<void> {
    try {
      const { LivePlot } = await import('../plots/live-plot');
      this.plot = new LivePlot(this.container, this.enlarge);
      if (this.waiting.length > 0) this.plot.add(this.waiting);
      this.plot.flush();
    } catch {
      this.complain('The live plot could not be loaded: check the connection and run again.');
      this.coming = undefined;
    }
    this.waiting = [];
  }
}
