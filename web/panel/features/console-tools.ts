import { html, type TemplateResult } from 'lit';
import { icons } from '../../ui/icons';
import type { Feature, PanelAction } from '../feature';
import type { PanelHost } from '../host';

/** Milliseconds that "Copied" stays. */
const thanks = 2000;
/** Where the reader's wish is kept, for all panels of a site. */
const memory = 'unroll.wrap';

/** What one can do with the output: copy it, clear it, wrap its long lines. */
export class ConsoleTools implements Feature {
  private said = '';
  private wraps = readWrap();
  private timer = 0;

  constructor(private readonly panel: PanelHost) {}

  connected(): void {
    void this.panel.updateComplete.then(() => this.panel.output?.setWrap(this.wraps));
  }

  tools(): TemplateResult {
    const buttons = [
      {
        name: 'copy',
        label: 'Copy output',
        icon: this.said === 'Copied' ? icons.done : icons.copy,
        run: () => void this.copy(),
      },
      { name: 'clear', label: 'Clear output', icon: icons.clear, run: () => this.clear() },
    ];
    return html`
      <div class="console-tools" part="console-tools">
        <span class="said" role="status">${this.said}</span>
        ${buttons.map(
          ({ name, label, icon, run }) => html`
            <button type="button" part="button ${name}-button" class=${name} aria-label=${label} title=${label} @click=${run}>${icon}</button>
          `,
        )}
        <button type="button" part="button wrap-button" class="wrap" aria-label="Wrap long lines" title="Wrap long lines"
          aria-pressed=${this.wraps} @click=${() => this.toggleWrap()}>${icons.wrap}</button>
      </div>
    `;
  }

  actions(): PanelAction[] {
    return [
      { id: 'copy-output', label: 'Copy output', group: 'panel', run: () => this.copy() },
      { id: 'clear-output', label: 'Clear output', group: 'panel', run: () => this.clear() },
      { id: 'wrap-output', label: 'Wrap long lines of the output', group: 'panel', run: () => this.toggleWrap() },
    ];
  }

  disconnected(): void {
    clearTimeout(this.timer);
  }

  /** Copies all text of the output, without its colours. */
  private async copy(): Promise<void> {
    const text = this.panel.output?.text ?? '';
    this.say((await copied(text, this.panel.renderRoot)) ? 'Copied' : 'This page is not allowed to copy');
  }

  private clear(): void {
    this.panel.output?.clear();
    this.say('Cleared');
  }

  private toggleWrap(): void {
    this.wraps = !this.wraps;
    this.panel.output?.setWrap(this.wraps);
    try {
      localStorage.setItem(memory, this.wraps ? 'on' : 'off');
    } catch {
      // Without storage it holds for this visit.
    }
    this.panel.requestUpdate();
  }

  private say(words: string): void {
    this.said = words;
    this.panel.requestUpdate();
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.said = '';
      this.panel.requestUpdate();
    }, thanks);
  }
}

function readWrap(): boolean {
  try {
    return localStorage.getItem(memory) !== 'off';
  } catch {
    return true;
  }
}

/** Whether the text is on the clipboard. A frame without the permission still has the older way. */
async function copied(text: string, root: ParentNode & Node): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'unseen';
    const { activeElement } = root as unknown as ShadowRoot;
    root.append(area);
    area.select();
    const isDone = document.execCommand('copy');
    area.remove();
    (activeElement as HTMLElement | null)?.focus();
    return isDone;
  }
}
