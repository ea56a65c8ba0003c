import { html, nothing, render, type TemplateResult } from 'lit';
import { partsInside, textOf } from '../panel/author-parts';
import type { PanelHost } from '../panel/host';
import { siteUrl } from '../runtime/make-worker';
import { icons } from '../ui/icons';
import { dialogStyles } from './embed-dialog-styles';
import { keepEvents, Preview } from './preview';
import { filesLeftOut, frameAddress, type Piece, pieceOf, snippet, type Way } from './snippets';

const ways: Record<Way, { tab: string; help: string }> = {
  html: {
    tab: 'HTML',
    help: 'For pages that allow scripts. A page needs the first two lines only once.',
  },
  frame: {
    tab: 'Frame',
    help: 'For an LMS or a wiki that removes scripts. The program is part of the address, so it never runs by itself.',
  },
  sphinx: { tab: 'Sphinx, MyST', help: 'For Sphinx with the extension of docs/sphinx.' },
  mkdocs: { tab: 'MkDocs', help: 'For MkDocs with the fence of docs/mkdocs.' },
  quarto: { tab: 'Quarto', help: 'For Quarto with the filter of docs/quarto.' },
};

interface Options {
  theme: string;
  layout: string;
  maxLines: string;
  editable: boolean;
  autorun: boolean;
  files: boolean;
  output: boolean;
}

const sheet = new CSSStyleSheet();
sheet.replaceSync(dialogStyles);

/**
 * Shows the lines that embed a panel as it stands now, and what they give. `printed` is what its program printed last; where that
 * is nothing, what the author recorded counts.
 */
export function openEmbedDialog(panel: PanelHost, printed: string): void {
  const recorded = partsInside(panel, 'output').map(textOf).join('\n');
  new EmbedDialog(panel, printed.trimEnd() || recorded).open();
}

class EmbedDialog {
  private readonly dialog = document.createElement('dialog');
  private way: Way = 'html';
  private text = '';
  private address = '';
  private said = '';
  /** Why there is no preview. */
  private problem = '';
  private isBlocked = false;
  private turn = 0;
  private leftOut: string[] = [];
  private readonly shown: Preview;
  private readonly options: Options;

  constructor(
    private readonly panel: PanelHost,
    private readonly printed: string,
  ) {
    this.shown = new Preview(panel);
    const { theme, layout, maxLines, editable, autorun } = panel;
    const hides = panel.hide?.split(/\s+/) ?? [];
    const files = !hides.includes('files');
    this.options = {
      theme,
      layout,
      maxLines: String(maxLines ?? ''),
      editable,
      autorun,
      files,
      output: this.printed !== '',
    };
  }

  open(): void {
    const root = this.panel.renderRoot as ShadowRoot;
    if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    this.dialog.className = 'embed';
    this.dialog.setAttribute('aria-labelledby', 'embed-title');
    this.dialog.addEventListener('close', () => {
      document.removeEventListener('securitypolicyviolation', this.onViolation);
      this.dialog.remove();
      root.querySelector<HTMLElement>('.more')?.focus();
    });
    this.dialog.addEventListener('click', (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
    document.addEventListener('securitypolicyviolation', this.onViolation);
    keepEvents(this.dialog);
    root.append(this.dialog);
    this.draw();
    this.dialog.showModal();
    this.dialog.querySelector<HTMLElement>('[aria-selected=true]')?.focus();
    void this.update();
  }

  /** The preview of a frame is one, which the page around the panel may not take. */
  private readonly onViolation = ({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent): void => {
    const { origin } = new URL(siteUrl());
    if (effectiveDirective !== 'frame-src' || !blockedURI.startsWith(origin)) return;
    this.isBlocked = true;
    this.draw();
  };

  private async update(): Promise<void> {
    const turn = ++this.turn;
    const made = { text: '', address: '', problem: '', said: '', leftOut: [] as string[] };
    try {
      const piece = await this.piece();
      if (this.way === 'frame')
        made.address = await frameAddress(piece, Object.fromEntries(await this.panel.readFiles()));
      else made.leftOut = filesLeftOut(this.panel);
      made.text = snippet(this.way, piece, made.address);
      if (turn === this.turn && this.way !== 'frame') this.shown.show(piece);
    } catch (error) {
      made.text = made.problem = (error as Error).message;
    }
    if (turn !== this.turn) return;
    Object.assign(this, made);
    this.draw();
  }

  private async piece(): Promise<Piece> {
    const { theme, layout, maxLines, editable, autorun, files: showsFiles, output } = this.options;
    const { code, attributes, parts } = await pieceOf(this.panel);
    const set = (name: string, value: string, isSet: boolean) =>
      isSet ? attributes.set(name, value) : attributes.delete(name);
    set('theme', theme, theme !== 'auto');
    set('layout', layout, layout !== 'stacked');
    set('max-lines', maxLines, maxLines !== '');
    set('editable', 'false', !editable);
    set('autorun', '', autorun && this.way !== 'frame');
    const hidden = (attributes.get('hide') ?? '').split(/\s+/).filter((name) => name && name !== 'files');
    const hide = [...hidden, ...(showsFiles ? [] : ['files'])].join(' ');
    set('hide', hide, hide !== '');
    return { code, attributes, parts, output: output ? this.printed : '' };
  }

  private draw(): void {
    render(this.template(), this.dialog);
  }

  private template(): TemplateResult {
    return html`
      <header class="embed-bar">
        <h2 id="embed-title">Embed this panel</h2>
        <button type="button" class="ghost" aria-label="Close" @click=${() => this.dialog.close()}>${icons.remove}</button>
      </header>
      <div class=${this.options.layout === 'side' ? 'embed-body wide' : 'embed-body'}>
        <div>${this.choices()} ${this.lines()}</div>
        <section class="embed-preview" aria-labelledby="embed-preview-title">
          <h3 id="embed-preview-title">Preview</h3>
          ${this.preview()}
        </section>
      </div>
    `;
  }

  private preview(): TemplateResult | PanelHost | typeof nothing {
    const blocked = `This page's content policy allows no frames of ${new URL(siteUrl()).origin}, so there is no preview here.`;
    const problem = this.way === 'frame' && this.isBlocked ? blocked : this.problem;
    if (problem) return html`<p role="status">${problem}</p>`;
    if (this.way !== 'frame') return this.shown.panel ?? nothing;
    return this.address ? html`<iframe src=${this.address} title="Preview of the embedded panel"></iframe>` : nothing;
  }

  private choices(): TemplateResult {
    const set = (name: keyof Options) => (event: Event) => {
      const field = event.target as HTMLInputElement;
      Object.assign(this.options, { [name]: field.type === 'checkbox' ? field.checked : field.value });
      void this.update();
    };
    const select = (name: 'theme' | 'layout', label: string, words: string[]) => html`<label>
      ${label}
      <select @change=${set(name)}>
        ${words.map((word) => html`<option value=${word} ?selected=${this.options[name] === word}>${word}</option>`)}
      </select>
    </label>`;
    const tick = (name: 'editable' | 'autorun' | 'files' | 'output', label: string, isOff = false) => html`<label>
      <input type="checkbox" .checked=${this.options[name]} ?disabled=${isOff} @change=${set(name)} />${label}
    </label>`;
    return html`
      <fieldset>
        <legend>Options</legend>
        ${select('theme', 'Theme', ['auto', 'light', 'dark'])} ${select('layout', 'Layout', ['stacked', 'side', 'compact'])}
        <label>Editor lines, at most <input type="number" min="1" .value=${this.options.maxLines} @change=${set('maxLines')} /></label>
        ${tick('editable', 'Readers can edit')} ${tick('files', 'Readers can add files')}
        ${tick('autorun', 'Runs automatically', this.way === 'frame')}
        ${tick('output', 'Include the output', this.printed === '')}
      </fieldset>
    `;
  }

  private lines(): TemplateResult {
    const { help } = ways[this.way];
    return html`
      <div role="tablist" aria-label="Kind of page" @keydown=${this.onKey}>
        ${Object.entries(ways).map(([way, { tab }]) => this.tab(way as Way, tab))}
      </div>
      <div role="tabpanel" id="embed-lines" aria-labelledby=${`embed-tab-${this.way}`}>
        <p class="embed-help">${help}</p>
        ${this.leftOut.length > 0 ? html`<p class="embed-help">${leftOutText(this.leftOut)}</p>` : nothing}
        <textarea readonly aria-label="Lines to paste" spellcheck="false" .value=${this.text}></textarea>
        <div class="embed-copy">
          <button type="button" class="primary" @click=${() => void this.copy()}>Copy</button>
          <p role="status">${this.said}</p>
        </div>
      </div>
    `;
  }

  private tab(way: Way, label: string): TemplateResult {
    const isChosen = way === this.way;
    return html`<button
      type="button"
      role="tab"
      id=${`embed-tab-${way}`}
      aria-selected=${isChosen}
      aria-controls="embed-lines"
      tabindex=${isChosen ? 0 : -1}
      @click=${() => this.choose(way)}
    >${label}</button>`;
  }

  private choose(way: Way): void {
    this.way = way;
    this.draw();
    this.dialog.querySelector<HTMLElement>(`#embed-tab-${way}`)?.focus();
    void this.update();
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const all = Object.keys(ways) as Way[];
    const at = all.indexOf(this.way);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.choose(all[(next + all.length) % all.length]);
  };

  private async copy(): Promise<void> {
    const area = this.dialog.querySelector('textarea') as HTMLTextAreaElement;
    try {
      await navigator.clipboard.writeText(this.text);
    } catch {
      // A page without a secure address, or a frame that may not.
      area.select();
      document.execCommand('copy');
    }
    this.said = 'Copied.';
    this.draw();
  }
}

function leftOutText(names: string[]): string {
  return `These lines do not include ${names.join(', ')}. Upload what the program reads to a web host, and put its address into files="…".`;
}
