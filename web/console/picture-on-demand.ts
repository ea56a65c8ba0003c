import type { FigureCard } from '../plots/figure-card';
import type { Enlarge } from '../plots/picture-tools';
import type { FigurePart } from '../protocol/messages';

type Drawing = typeof import('../plots/figure-card');

/** What draws pictures: it is loaded with the first one. */
let drawing: Drawing | 'loading' | 'failed' | undefined;

async function load(): Promise<void> {
  drawing = 'loading';
  drawing = await import('../plots/figure-card').catch((): 'failed' => 'failed');
}

/** A picture in the output. */
export class PictureOnDemand {
  readonly element = document.createElement('figure');
  private card: FigureCard | undefined;
  private part: FigurePart | undefined;
  /** Elements of the picture: the browser lays out those of all pictures that stay. */
  elements = 0;
  /** What the card has read and does not show yet. */
  private read: FigurePart | undefined;

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
    this.elements = part.svg.split(/<\w/).length - 1;
  }

  /** Whether a part of the work is done. */
  get isRead(): boolean {
    return this.read !== undefined;
  }

  /** Draws it, unless the clock says `end` on the way. False where something is left to do. */
  draw(end: number): boolean {
    if (!drawing) void load();
    if (!drawing || drawing === 'loading' || !this.part) return false;
    if (drawing === 'failed') {
      this.complain();
      return true;
    }
    this.card ??= new drawing.FigureCard(this.number, this.enlarge, this.element);
    if (!this.read) {
      this.card.set(this.part);
      this.read = this.part;
      if (performance.now() > end) return false;
    }
    this.card.draw();
    const isNewest = this.read === this.part;
    this.read = undefined;
    return isNewest;
  }

  /** A copy without its buttons, as wide as it was drawn; undefined where there is none yet. */
  boxed(): HTMLElement | undefined {
    return this.card?.isDrawn ? this.card.boxed() : undefined;
  }

  private complain(): void {
    const words = document.createElement('p');
    words.className = 'figure-problem';
    words.textContent = 'This figure could not be shown: check the connection and run again.';
    this.element.replaceChildren(words);
    drawing = undefined;
  }
}
