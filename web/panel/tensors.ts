import { html, nothing, type TemplateResult } from 'lit';
import type { Job } from '../worker/runtime';
import type { Feature, PanelAction } from './feature';
import { icons } from './icons';
import type { UnrollPanel } from './unroll-panel';

/** Whose program ran last in each Python: only that one's tensors are still there. */
const lastOf = new WeakMap<object, UnrollPanel>();

/** A table view of the tensors that a program has left; it comes when it is asked for. */
export class Tensors implements Feature {
  private hasRun = false;

  constructor(private readonly panel: UnrollPanel) {}

  beforeRun(_job: Job): void {
    lastOf.set(this.panel.runtime, this.panel);
    this.hasRun = false;
  }

  afterRun(): void {
    this.hasRun = this.isPython;
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

  private get isPython(): boolean {
    return this.panel.lang !== 'javascript';
  }

  private async open(): Promise<void> {
    const { runtime, output } = this.panel;
    const { TensorView } = await import('../plots/tensor-view');
    const isOurs = lastOf.get(runtime) === this.panel;
    const view = new TensorView(async (question) => (isOurs ? runtime.ask(question) : null));
    output?.showInDialog('Tensors', view.element);
    await view.open();
  }
}
