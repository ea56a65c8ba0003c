import type { OutputPart } from '../../protocol/messages';
import { partsInside, textOf, whenParsed } from '../author-parts';
import type { Feature } from '../feature';
import type { PanelHost } from '../host';

/** Milliseconds between two parts of a recorded run. */
const stepTime = 50;

/** The output that an author recorded: shown until the first run, and again after Reset. */
export class RecordedOutput implements Feature {
  private parts: OutputPart[] = [];
  private hasRun = false;
  private timer = 0;

  constructor(private readonly panel: PanelHost) {}

  ready(): void {
    whenParsed(() => this.show());
  }

  /** Takes what a run showed, with its curves, in the place of what the page has. */
  give(parts: OutputPart[]): void {
    this.parts = parts;
    this.show();
  }

  beforeRun(): void {
    this.hasRun = true;
  }

  onReset(): void {
    this.hasRun = false;
    this.show();
  }

  disconnected(): void {
    clearInterval(this.timer);
  }

  private show(): void {
    clearInterval(this.timer);
    const { panel } = this;
    const text = partsInside(panel, 'output').map(textOf).join('\n');
    const parts: OutputPart[] = this.parts.length > 0 || !text ? this.parts : [{ kind: 'stdout', text: `${text}\n` }];
    if (parts.length === 0 || this.hasRun || panel.isBusy) return;
    panel.leaveFresh();
    panel.show({ kind: 'note', text: 'Recorded by the author. Run the program to see your own output.' });
    this.replay([...parts]);
  }

  /** Shows one part after the other, and all at once to readers who want less motion. */
  private replay(parts: OutputPart[]): void {
    const isStill = parts.length === 1 || matchMedia('(prefers-reduced-motion: reduce)').matches;
    const next = () => {
      if (parts.length === 0 || this.panel.isBusy || this.hasRun) clearInterval(this.timer);
      else this.panel.show(parts.shift()!);
    };
    if (isStill) while (parts.length > 0) next();
    else this.timer = window.setInterval(next, stepTime);
  }
}
