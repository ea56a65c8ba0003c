import { html, nothing, render } from 'lit';
import { icons } from '../panel/icons';
import { shortName } from '../worker/limits';
import type { FigurePart } from '../worker/protocol';
import { dataTables, saveData } from './data-table';
import { type Enlarge, type LargePicture, pictureTools } from './picture-tools';
import { safeSvg } from './safe-svg';
import { longest, pictureSize } from './save-picture';

/** Inside a picture's own tree: ids of one picture do not meet those of another, nor the panel's styles. */
const pictureStyles = `
  svg { display: block; width: 100%; height: auto; overflow: visible; }
  text { user-select: text; }
`;

/** A picture in the output, with its buttons. */
export class FigureCard implements LargePicture {
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
    const own = this.picture?.querySelector(':scope > title')?.textContent;
    return shortName(this.part?.title || own || `Figure ${this.number}`);
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
      const { picture, isCut } = safeSvg(this.part.svg);
      this.picture = picture;
      if (isCut) this.problem = 'Parts of this figure are not shown: it has more of them than can be drawn here.';
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
    // A view box may be as tall as it likes.
    box.style.maxHeight = `${longest}px`;
    return box;
  }

  get file(): string {
    return `figure-${this.number}`;
  }

  /** Whether it is drawn, and what the program gave is a picture. */
  get isDrawn(): boolean {
    return this.picture !== undefined;
  }

  svg(): SVGSVGElement {
    return this.picture as SVGSVGElement;
  }

  /** As wide as the window has room for, and not smaller than it was drawn. */
  large(): HTMLElement {
    const { width, height } = pictureSize(this.svg());
    const room = Math.min(innerWidth - 80, ((innerHeight - 130) * width) / height);
    return this.boxed(Math.max(room, width));
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
          ? html`<button type="button" aria-label="Save the data as CSV" @click=${() => saveData(`${this.file}.csv`, data)}>
            ${icons.drop}<span>CSV</span>
          </button>`
          : nothing
      }
    `;
  }

  private render(): void {
    const problem = this.problem ? html`<p class="figure-problem">${this.problem}</p>` : nothing;
    const data = this.dataShown && this.part?.data ? dataTables(this.part.data) : nothing;
    const tools = () => pictureTools(this, this.enlarge, this.dataButtons());
    render(html`${this.picture ? html`${this.boxed()}${tools()}` : nothing}${problem}${data}`, this.element);
  }
}
