import type { FigurePart } from '../worker/protocol';
import type { FigureCard } from './figure-card';
import type { Enlarge } from './picture-tools';

type Drawing = typeof import('./figure-card');

/** What draws pictures: it is loaded with the first one. */
let drawing: Drawing | 'loading' | 'failed' | undefined;

async function load(): Promise<void> {
  drawing = 'loading';
  drawing = await import('./figure-card').catch((): 'failed' => 'failed');
}

/** A picture in the output. */
export class PictureOnDemand {
  readonly element = document.createElement('figure');
  private card: FigureCard | undefined;
  private part: FigurePart | undefined;

  /** `number` counts the pictures of a run; it names the files. */
  constructor(
    private readonly number: number,
    private readonly enlarge: Enlarge,
  ) {
    this.element.className = 'figure';
    this.element.setAttribute('part', 'figure');
  }

  /** Takes a picture; it is drawn by the next `draw`. */
  set(part: FigurePart): void {
    this.part = part;
  }

  /** Draws it. False while what draws is on its way. */
  draw(): boolean {
    if (!drawing) void load();
    if (!drawing || drawing === 'loading') return false;
    if (drawing === 'failed') this.complain();
    else if (this.part) {
      this.card ??= new drawing.FigureCard(this.number, this.enlarge, this.element);
      this.card.set(this.part);
      this.card.draw();
    }
    return true;
  }

  private complain(): void {
    const words = document.createElement('p');
    words.className = 'figure-problem';
    words.textContent = 'This figure could not be shown: check the connection and run again.';
    this.element.replaceChildren(words);
    drawing = undefined;
  }
}
