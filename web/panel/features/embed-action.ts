import type { Feature, PanelAction } from '../feature';
import type { PanelHost } from '../host';
import type { RunResult } from '../run-controller';

/** "Embed…": the lines that put this panel into another page. */
export class EmbedAction implements Feature {
  /** What the last program printed, where that is not too long. */
  private output = '';

  constructor(private readonly panel: PanelHost) {}

  actions(): PanelAction[] {
    const run = async () => (await import('../../embed/embed-dialog')).openEmbedDialog(this.panel, this.output);
    return [{ id: 'embed', label: 'Embed…', group: 'share', run }];
  }

  afterRun({ stdout }: RunResult): void {
    this.output = stdout.length < 20_000 ? stdout : '';
  }

  onReset(): void {
    this.output = '';
  }
}
