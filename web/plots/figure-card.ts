import { html, nothing, render } from 'lit';
import { icons } from '../panel/icons';
import type { FigurePart } from '../worker/protocol';
import { dataTables, saveData } from './data-table';
import { safeSvg } from './safe-svg';
import { pictureSize, pngOf, saveFile, svgText } from './save-picture';

/** Inside a picture's own tree: ids of one picture do not meet those of another, nor the panel's styles. */
const pictureStyles = `
  svg { display: block; width: 100%; height: auto; overflow: visible; }
  text { user-select: text; }
`;

/** What enlarges a picture. */
export type Enlarge = (card: FigureCard) => void;

/** A picture in the output, with its buttons. */
export class FigureCard {
  readonly element = document.createElement('figure');
  private part: FigurePart | undefined;
  private picture: SVGSVGElement | undefined;
  private problem = '';
  private dataShown = false;

  /** `number` counts the pictures of a run; it names the files. */
  constructor(
    readonly number: number,
    private readonly enlarge: Enlarge,
  ) {
    this.element.className = 'figure';
    this.element.setAttribute('part', 'figure');
  }

  /** What it shows, in words. */
  get title(): string {
    return this.part?.title || this.picture?.querySelector(':scope > title')?.textContent || `Figure ${this.number}`;
  }

  /** Takes a picture; it is drawn by the next `draw`. */
  set(part: FigurePart): void {
    this.part = part;
    this.picture = undefined;
  }

  draw(): void {
    if (this.picture || !this.part) return;
    this.problem = '';
    try {
      this.picture = safeSvg(this.part.svg);
    } catch (error) {
      this.problem = (error as Error).message;
    }
    this.render();
  }

  /** The picture in a box of its own, `wide` CSS pixels wide at most; as wide as it was drawn without it. */
  boxed(wide?: number): HTMLElement {
    const box = document.createElement('div');
    box.className = 'picture';
    box.setAttribute('role', 'img');
    box.setAttribute('aria-label', this.title);
    if (!this.picture) return box;
    const root = box.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(pictureStyles);
    root.adoptedStyleSheets = [sheet];
    const picture = this.picture.cloneNode(true) as SVGSVGElement;
    const { width, height } = pictureSize(picture);
    if (!picture.hasAttribute('viewBox')) picture.setAttribute('viewBox', `0 0 ${width} ${height}`);
    // As a tooltip over all of the picture the title would be in the way.
    picture.querySelector(':scope > title')?.remove();
    root.append(picture);
    box.style.width = `${wide ?? width}px`;
    return box;
  }

  /** How wide the picture was drawn. */
  get width(): number {
    return this.picture ? pictureSize(this.picture).width : 0;
  }

  /** The picture's height for a width of 1. */
  get ratio(): number {
    if (!this.picture) return 1;
    const { width, height } = pictureSize(this.picture);
    return height / width;
  }

  saveSvg(): void {
    if (this.picture) saveFile(`figure-${this.number}.svg`, svgText(this.picture), 'image/svg+xml');
  }

  async savePng(): Promise<void> {
    if (!this.picture) return;
    try {
      saveFile(`figure-${this.number}.png`, await pngOf(this.picture), 'image/png');
    } catch {
      this.problem = "This page's content policy allows no images: save as SVG, or use plt.savefig in the program.";
      this.render();
    }
  }

  private dataButtons() {
    const data = this.part?.data;
    if (!data?.length) return nothing;
    const toggle = () => {
      this.dataShown = !this.dataShown;
      this.render();
    };
    return html`
      <button type="button" aria-expanded=${this.dataShown} aria-label="Data of ${this.title}" @click=${toggle}>
        ${icons.table}<span>Data</span>
      </button>
      ${
        this.dataShown
          ? html`<button type="button" aria-label="Save the data as CSV" @click=${() => saveData(`figure-${this.number}.csv`, data)}>
            ${icons.drop}<span>CSV</span>
          </button>`
          : nothing
      }
    `;
  }

  private render(): void {
    const problem = this.problem ? html`<p class="figure-problem">${this.problem}</p>` : nothing;
    const data = this.dataShown && this.part?.data ? dataTables(this.part.data) : nothing;
    const tools = html`
      <div class="figure-tools">
        <button type="button" @click=${() => this.enlarge(this)} aria-label="Enlarge ${this.title}">
          ${icons.enlarge}<span>Enlarge</span>
        </button>
        ${this.dataButtons()}
        <button type="button" @click=${() => this.saveSvg()} aria-label="Save ${this.title} as SVG">
          ${icons.drop}<span>SVG</span>
        </button>
        <button type="button" @click=${() => void this.savePng()} aria-label="Save ${this.title} as PNG">
          ${icons.drop}<span>PNG</span>
        </button>
      </div>
    `;
    render(html`${this.picture ? html`${this.boxed()}${tools}` : nothing}${problem}${data}`, this.element);
  }
}
