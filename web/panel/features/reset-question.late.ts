import { html, nothing } from 'lit';
import type { Feature } from '../feature';
import type { PanelHost } from '../host';

/** Asks before Reset discards what the reader changed. */
export class ResetQuestion implements Feature {
  private isAsked = false;

  constructor(private readonly panel: PanelHost) {}

  /** Asks, and resets where the reader wants that. */
  async ask(): Promise<void> {
    this.isAsked = true;
    this.panel.requestUpdate();
    await this.panel.updateComplete;
    this.find('.reset-question button')?.focus();
  }

  notice(): unknown {
    if (!this.isAsked) return nothing;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      void this.answer(false);
    };
    return html`
      <div
        class="notice reset-question"
        part="notice"
        role="alertdialog"
        aria-labelledby="reset-title"
        aria-describedby="reset-text"
        @keydown=${onKey}
      >
        <p><b id="reset-title">Discard your changes?</b> <span id="reset-text">Reset brings back the author's program and files.</span></p>
        <button type="button" class="ghost outlined" @click=${() => this.answer(true)}>Discard changes</button>
        <button type="button" class="ghost outlined" @click=${() => this.answer(false)}>Keep</button>
      </div>
    `;
  }

  /** Who goes on working has answered. */
  onEdit(): void {
    this.drop();
  }

  beforeRun(): void {
    this.drop();
  }

  onReset(): void {
    this.isAsked = false;
  }

  private drop(): void {
    if (!this.isAsked) return;
    this.isAsked = false;
    this.panel.requestUpdate();
  }

  private async answer(discards: boolean): Promise<void> {
    this.isAsked = false;
    if (discards) this.panel.reset();
    this.panel.requestUpdate();
    await this.panel.updateComplete;
    this.find('.reset')?.focus();
  }

  private find(selector: string): HTMLElement | null {
    return this.panel.renderRoot.querySelector(selector);
  }
}
