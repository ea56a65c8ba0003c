/** What a reader does to see or do something else. */
const turns = ['wheel', 'touchmove', 'pointerdown', 'keydown'];
/** The most of the window that the output is given. */
const share = 0.6;

/**
 * Where a window is too low for editor and output, the reader who has pressed Run would see nothing happen: the page moves as
 * far as the output needs, and again as it grows, until the reader turns to something else.
 */
export function follow(result: HTMLElement): void {
  let isFirst = true;
  const watch = new ResizeObserver(() => {
    bringIntoView(result);
    tellFrame(result, isFirst);
    isFirst = false;
  });
  watch.observe(result);
  const turned = new AbortController();
  const { signal } = turned;
  signal.addEventListener('abort', () => watch.disconnect());
  for (const turn of turns) addEventListener(turn, () => turned.abort(), { signal, passive: true, capture: true });
}

/** Moves what the reader can scroll so that the top of the output shows: no more than it takes, and nothing where it shows already. */
function bringIntoView(result: HTMLElement): void {
  const scroller = scrollerOf(result);
  const box = result.getBoundingClientRect();
  if (!scroller || box.height === 0) return;
  const isPage = scroller === document.scrollingElement;
  const frame = scroller.getBoundingClientRect();
  const top = isPage ? 0 : frame.top;
  const height = isPage ? window.innerHeight : frame.height;
  const missing = box.top + Math.min(box.height, height * share) - (top + height);
  const hidden = box.top - top;
  const distance = missing > 0 ? missing : Math.min(0, hidden);
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (Math.abs(distance) > 1) scroller.scrollBy({ top: distance, behavior: isCalm ? 'instant' : 'smooth' });
}

/** In a frame that is as high as its panel only the page around can move: embed.ts tells it. */
function tellFrame(result: HTMLElement, isFirst: boolean): void {
  const { top, height } = result.getBoundingClientRect();
  if (window.parent === window || height === 0) return;
  const detail = { top, height, isFirst };
  result.dispatchEvent(new CustomEvent('unroll-in-view', { detail, bubbles: true, composed: true }));
}

/** The nearest box around an element that its reader can scroll. A slide, which cuts off what is too long, is none. */
function scrollerOf(element: Element): Element | null {
  const { documentElement, body } = document;
  // The page takes its own from <html>, else from <body>.
  const isOfBody = overflowOf(documentElement) === 'visible';
  for (let at = parentOf(element); at && at !== documentElement; at = parentOf(at)) {
    const isBox = at !== body || !isOfBody;
    if (isBox && /auto|scroll/.test(overflowOf(at)) && at.scrollHeight > at.clientHeight) return at;
  }
  return /hidden|clip/.test(overflowOf(isOfBody ? body : documentElement)) ? null : document.scrollingElement;
}

const overflowOf = (element: Element) => getComputedStyle(element).overflowY;

const parentOf = (element: Element): Element | null =>
  element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host ?? null;
