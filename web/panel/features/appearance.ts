import type { Feature } from '../feature';
import type { PanelHost } from '../host';
import { applyTheme, onPageTheme, pageTheme } from '../theme';

/** `theme` and `max-lines`: what of the look attributes decide that style sheets cannot. */
export class Appearance implements Feature {
  private ends: (() => void) | undefined;
  private shownTheme: PanelHost['theme'] | undefined;

  constructor(private readonly panel: PanelHost) {}

  connected(): void {
    // Before anything is drawn: asking for the page's style later would lay out each of the page's panels by itself.
    this.showTheme();
    this.ends = onPageTheme(() => this.showTheme());
  }

  disconnected(): void {
    this.ends?.();
  }

  updated(): void {
    if (this.shownTheme !== this.panel.theme) this.showTheme();
    this.panel.editor?.setReadOnly(!this.panel.editable);
    const editor = this.panel.renderRoot.querySelector<HTMLElement>('.editor');
    const { maxLines } = this.panel;
    if (maxLines) editor?.style.setProperty('--_max-lines', String(maxLines));
    else editor?.style.removeProperty('--_max-lines');
    editor?.classList.toggle('bounded', maxLines !== null);
  }

  private showTheme(): void {
    const { theme, previewOf } = this.panel;
    this.shownTheme = theme;
    applyTheme(this.panel.renderRoot as ShadowRoot, theme === 'auto' ? pageTheme(previewOf ?? this.panel) : theme);
  }
}
