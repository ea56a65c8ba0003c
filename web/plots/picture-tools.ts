import { html, nothing, type TemplateResult } from 'lit';
import { icons } from '../ui/icons';
import { saveFile } from '../ui/save-file';
import { pngOf, svgText } from './save-picture';

/** What can be saved as a picture. */
export interface Picture {
  /** What it shows, in words. */
  readonly title: string;
  /** Name of its files, without their ending. */
  readonly file: string;
  /** It as it is saved. */
  svg(): SVGSVGElement;
}

/** A picture on the page that can also be seen large. */
export interface LargePicture extends Picture {
  /** It for the panel's dialog. */
  large(): HTMLElement;
}

/** What enlarges a picture. */
export type Enlarge = (picture: LargePicture) => void;

/** The buttons below a picture; `more` stands between those that enlarge and those that save. */
export function pictureTools(
  picture: LargePicture,
  enlarge: Enlarge,
  more: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  return html`
    <div class="figure-tools">
      <button type="button" aria-label="Enlarge ${picture.title}" title="Enlarge" @click=${() => enlarge(picture)}>
        ${icons.enlarge}<span>Enlarge</span>
      </button>
      ${more} ${saveTools(picture)}
    </div>
  `;
}

/** The buttons that save a picture; what hinders them is said behind them. */
export function saveTools(picture: Picture): TemplateResult {
  return html`
    <button type="button" aria-label="Save ${picture.title} as SVG" @click=${() => saveSvg(picture)}>
      ${icons.drop}<span>SVG</span>
    </button>
    <button type="button" aria-label="Save ${picture.title} as PNG" @click=${(event: Event) => void savePng(picture, event)}>
      ${icons.drop}<span>PNG</span>
    </button>
    <p class="save-problem" role="alert"></p>
  `;
}

function saveSvg(picture: Picture): void {
  saveFile(`${picture.file}.svg`, svgText(picture.svg()), 'image/svg+xml');
}

async function savePng(picture: Picture, event: Event): Promise<void> {
  const problem = (event.currentTarget as Element).parentElement?.querySelector('.save-problem') as Element;
  problem.textContent = '';
  try {
    saveFile(`${picture.file}.png`, await pngOf(picture.svg()), 'image/png');
  } catch {
    problem.textContent = "This page's content policy allows no images: save as SVG.";
  }
}
