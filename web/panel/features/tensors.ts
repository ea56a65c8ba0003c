import { html, nothing, type TemplateResult } from 'lit';
import { addStyles } from '../../ui/add-styles';
import { icons } from '../../ui/icons';
import type { Feature, PanelAction } from '../feature';
import type { PanelHost } from '../host';

/** A table view of the tensors that a program has left; it comes when it is asked for. */
export class Tensors implements Feature {
  private hasRun = false;

  constructor(private readonly panel: PanelHost) {}

  beforeRun(): void {
    this.hasRun = false;
  }

  afterRun(): void {
    this.hasRun = true;
    this.panel.requestUpdate();
  }

  onReset(): void {
    this.hasRun = false;
  }

  tools(): TemplateResult | typeof nothing {
    if (!this.hasRun) return nothing;
    return html`
      <button type="button" part="button tensors-button" class="tensors-open" aria-label="Tensors" title="Tensors of the last run"
        aria-haspopup="dialog" @click=${() => void this.open()}>${icons.table}</button>
    `;
  }

  actions(): PanelAction[] {
    return [
      {
        id: 'tensors',
        label: 'Tensors of the last run',
        group: 'view',
        available: () => this.hasRun,
        run: () => this.open(),
      },
    ];
  }

  private async open(): Promise<void> {
    const { panel } = this;
    const { TensorView, tensorStyles } = await import('../../plots/tensor-view');
    addStyles(panel, tensorStyles);
    const engine = panel.lang === 'javascript' ? 'the JavaScript engine' : 'Python';
    const why = () =>
      panel.runtime.state === 'running'
        ? 'A program is running. Open this again when it has finished.'
        : `Another program has run since, or ${engine} was restarted. Run this program, then open this again.`;
    const view = new TensorView((question) => panel.inquire(question), why);
    // Not before there is something to see: a dialog that fills later jumps.
    await view.load();
    panel.output?.showInDialog('Tensors', view.element);
    view.focus();
  }
}
