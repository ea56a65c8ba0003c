import { html, nothing } from 'lit';
import type { Feature } from './feature';
import type { UnrollPanel } from './unroll-panel';

/** Asks before Reset drops what the reader changed. */
export class ResetQuestion implements Feature {
  private isAsked = false;

  constructor(private readonly panel: UnrollPanel) {}

  /** Resets, after a question where there is something to lose. */
  async ask(): Promise<void> {
    if (!this.panel.isChanged) {
      this.panel.reset();
      return;
    }
    this.isAsked = true;
    this.panel.requestUpdate();
    await this.panel.updateComplete;
    this.find('.reset-question button')?.focus();
  }

  banner(): unknown {
    if (!this.isAsked) return nothing;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
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
        <p><b id="reset-title">Drop your changes?</b> <span id="reset-text">Reset brings back the author's program and files.</span></p>
        <button type="button" class="ghost outlined" @click=${() => this.answer(true)}>Drop them</button>
        <button type="button" class="ghost outlined" @click=${() => this.answer(false)}>Keep them</button>
      </div>
    `;
  }

  onReset(): void {
    this.isAsked = false;
  }

  private async answer(drops: boolean): Promise<void> {
    this.isAsked = false;
    if (drops) this.panel.reset();
    this.panel.requestUpdate();
    await this.panel.updateComplete;
    this.find('.reset')?.focus();
  }

  private find(selector: string): HTMLElement | null {
    return this.panel.renderRoot.querySelector(selector);
  }
}
