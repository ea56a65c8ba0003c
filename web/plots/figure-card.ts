import { html, nothing, render } from 'lit';
import { shortName } from '../protocol/limits';
import type { FigurePart } from '../protocol/messages';
import { icons } from '../ui/icons';
import { dataTables, saveData } from './data-table';
import { dashOf } from './line-looks';
import { type Enlarge, type LargePicture, pictureTools } from './picture-tools';
import { safeSvg } from './safe-svg';
import { longest, pictureSize } from './save-picture';

/** The small pyplot numbers lines that only their colours tell apart, up to so many. */
const dashes = Array.from(
  { length: 40 },
  (_, i) => `.unroll-line-${i} { stroke-dasharray: ${dashOf(i)}; stroke-linecap: butt; }`,
);

/** Inside a picture's own tree: ids of one picture do not meet those of another, nor the panel's styles. */
const pictureStyles = `
  :host > svg { display: block; width: 100%; height: auto; overflow: hidden; }
  text { user-select: text; }
  @media (forced-colors: active) { ${dashes.join(' ')} }
`;

/** Letters of a picture are at least so high, in CSS pixels, if they were drawn so. */
const leastLetters = 11;

/** How narrow a picture may become, in CSS pixels, until its smallest letters cannot be read any more. */
function readableWidth(picture: SVGSVGElement): number {
  const texts = [...picture.querySelectorAll('text[font-size]')];
  const sizes = texts.map((text) => Number.parseFloat(text.getAttribute('font-size') ?? '')).filter((size) => size > 0);
  const { width } = pictureSize(picture);
  const scale = width / (picture.viewBox.baseVal.width || width);
  return sizes.length > 0 ? width * Math.min(1, leastLetters / (scale * Math.min(...sizes))) : 0;
}

/** A picture in the output, with its buttons. */
export class FigureCard implements LargePicture {
  private part: FigurePart | undefined;
  private picture: SVGSVGElement | undefined;
  private problem = '';
  private dataShown = false;

  /** `number` counts the pictures of a run; it names the files. `element` belongs to the card. */
  constructor(
    readonly number: number,
    private readonly enlarge: Enlarge,
    readonly element: HTMLElement,
  ) {}

  /** What it shows, in words. */
  get title(): string {
    const own = this.picture?.querySelector(':scope > title')?.textContent;
    return shortName(this.part?.title || own || `Figure ${this.number}`);
  }

  /** Takes a picture and reads it; the next `draw` shows it. */
  set(part: FigurePart): void {
    this.part = part;
    this.picture = undefined;
    this.problem = '';
    try {
      const { picture, isCut } = safeSvg(part.svg);
      this.picture = picture;
      if (isCut) this.problem = 'Parts of this figure are not shown: it has more of them than can be drawn here.';
    } catch (error) {
      this.problem = (error as Error).message;
    }
  }

  draw(): void {
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
    picture.style.minWidth = `${readableWidth(picture)}px`;
    root.append(picture);
    // What can be scrolled is reached by the keyboard as well.
    new ResizeObserver(() => {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute('tabindex');
    }).observe(box);
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
