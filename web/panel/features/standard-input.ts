import { html, nothing, type TemplateResult } from 'lit';
import type { Job } from '../../protocol/job';
import type { Feature } from '../feature';
import type { PanelHost } from '../host';

/** Whether a program reads what somebody types. */
const asks = /\binput\s*\(|\bstdin\b/;

/**
 * Lines for `input()`. Where a program cannot ask while it runs, or the author gives the lines, they stand in a box that
 * is filled before the run; elsewhere the output has a field when the program asks.
 */
export class StandardInput implements Feature {
  /** What the author gave; null: nothing. */
  private given: string | null = null;
  /** What stands in the box. */
  private typed: string | null = null;

  constructor(private readonly panel: PanelHost) {}

  /** The lines, each for one `input()`; null where the reader is asked. */
  get text(): string | null {
    return this.typed ?? this.given;
  }

  set text(text: string | null) {
    this.given = text === null ? null : String(text);
    this.typed = null;
    this.panel.requestUpdate();
  }

  beforeRun(job: Job): void {
    job.stdin = this.text;
  }

  onEdit(): void {
    this.panel.requestUpdate();
  }

  onReset(): void {
    this.typed = null;
  }

  results(): TemplateResult | typeof nothing {
    const isNeeded = this.given !== null || (!this.panel.runtime.canAsk && this.isRead());
    return isNeeded ? this.box() : nothing;
  }

  /** Whether the program, or a module beside it, asks for input. */
  private isRead(): boolean {
    const modules = Object.entries(this.panel.files).filter(([name]) => /\.(py|m?js)$/.test(name));
    return [this.panel.code, ...modules.map(([, text]) => text)].some(
      (text) => typeof text === 'string' && asks.test(text),
    );
  }

  private box(): TemplateResult {
    const take = (event: Event) => {
      this.typed = (event.target as HTMLTextAreaElement).value;
    };
    const why =
      this.given === null
        ? 'This browser cannot ask while the program runs: write the lines before you press Run Code.'
        : '';
    const rows = Math.min(6, Math.max(2, (this.text ?? '').split('\n').length));
    return html`
      <div class="stdin" part="stdin">
        <label for="stdin">Input for the program, one line for each <code>input()</code></label>
        <textarea id="stdin" rows=${rows} spellcheck="false" autocapitalize="off" autocomplete="off" aria-describedby="stdin-why"
          .value=${this.text ?? ''} @input=${take}></textarea>
        <p id="stdin-why">${why}</p>
      </div>
    `;
  }
}
