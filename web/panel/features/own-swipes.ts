import type { Feature } from '../feature';

/** What reveal.js and its like ask of an element before they take a swipe for a turn of the slide. */
const mark = 'data-prevent-swipe';

/** Keeps from the page around a swipe that moves something in this panel: long lines, a wide table, the cursor of a chart. */
export class OwnSwipes implements Feature {
  /** Whether the mark is this feature's, not the author's. */
  private isOwn = false;

  constructor(private readonly panel: HTMLElement & { readonly renderRoot: HTMLElement | DocumentFragment }) {}

  ready(): void {
    // Pages listen to either, further out; both come from where the finger was put down.
    for (const type of ['pointerdown', 'touchstart'])
      this.panel.renderRoot.addEventListener(type, (event) => this.begin(event), { passive: true });
  }

  private begin(event: Event): void {
    const { panel } = this;
    if (panel.hasAttribute(mark) && !this.isOwn) return;
    const inside = event.composedPath().slice(0, event.composedPath().indexOf(panel.renderRoot));
    this.isOwn = inside.some((element) => element instanceof HTMLElement && takesSwipes(element));
    panel.toggleAttribute(mark, this.isOwn);
  }
}

function takesSwipes(element: HTMLElement): boolean {
  const { overflowX, touchAction } = getComputedStyle(element);
  return /none|pan-y/.test(touchAction) || (/auto|scroll/.test(overflowX) && element.scrollWidth > element.clientWidth);
}
