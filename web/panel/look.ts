import type { Feature } from './feature';
import { applyTheme, onPageTheme, pageTheme } from './theme';
import type { UnrollPanel } from './unroll-panel';

/** `theme` and `max-lines`: what of the look attributes decide that style sheets cannot. */
export class Look implements Feature {
  private ends: (() => void) | undefined;

  constructor(private readonly panel: UnrollPanel) {}

  connected(): void {
    this.ends = onPageTheme(() => this.showTheme());
  }

  disconnected(): void {
    this.ends?.();
  }

  updated(): void {
    this.showTheme();
    this.panel.editor?.setReadOnly(!this.panel.editable);
    const editor = this.panel.renderRoot.querySelector<HTMLElement>('.editor');
    const { maxLines } = this.panel;
    if (maxLines) editor?.style.setProperty('--_max-lines', String(maxLines));
    else editor?.style.removeProperty('--_max-lines');
    editor?.classList.toggle('bounded', maxLines !== null);
  }

  private showTheme(): void {
    const { theme } = this.panel;
    applyTheme(this.panel.renderRoot as ShadowRoot, theme === 'auto' ? pageTheme(this.panel) : theme);
  }
}
