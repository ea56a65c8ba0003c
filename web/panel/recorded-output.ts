import { partsInside, textOf } from './author-parts';
import type { Feature } from './feature';
import type { UnrollPanel } from './unroll-panel';

/** The output that an author recorded: shown until the first run, and again after Reset. */
export class RecordedOutput implements Feature {
  constructor(private readonly panel: UnrollPanel) {}

  ready(): void {
    // A parser that is not yet through has not yet put the children in.
    if (document.readyState !== 'loading') this.show();
    else document.addEventListener('DOMContentLoaded', () => this.show(), { once: true });
  }

  onReset(): void {
    this.show();
  }

  private show(): void {
    const text = partsInside(this.panel, 'output').map(textOf).join('\n');
    if (!text) return;
    this.panel.leaveFresh();
    this.panel.show({ kind: 'note', text: 'Recorded by the author. Run the program for an output of your own.' });
    this.panel.show({ kind: 'stdout', text: `${text}\n` });
  }
}
