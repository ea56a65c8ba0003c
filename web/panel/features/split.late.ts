import type { Feature, PanelAction } from '../feature';

/** Where the reader has put the divider; null: where the panel has it by itself. */
interface Sizes {
  /** Side by side: the editor's part of the width, from 0 to 1. */
  share: number | null;
  /** Stacked: the editor's height in pixels. */
  height: number | null;
}

const place = 'unroll.split';
/** The least that is left of each, in pixels. */
const least = { width: 260, height: 96 };
/** What a key moves the divider by, of the width or of the window's height. */
const steps: Record<string, number> = {
  ArrowLeft: -0.02,
  ArrowUp: -0.02,
  ArrowRight: 0.02,
  ArrowDown: 0.02,
  PageUp: -0.1,
  PageDown: 0.1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** The divider between editor and output of a panel with `layout="side"`, for pointers and keys; its place is remembered. */
export class Split implements Feature {
  private readonly sizes: Sizes = remembered();
  private readonly watch = new ResizeObserver(() => this.update());
  /** From the pointer to the editor's edge, while the divider is dragged. */
  private grip: number | null = null;

  constructor(private readonly panel: HTMLElement) {}

  ready(): void {
    const divider = this.part('.divider') as HTMLElement;
    divider.tabIndex = 0;
    divider.title = 'Drag to resize. Double-click or press Enter for the default size';
    Object.assign(divider, { role: 'separator', ariaLabel: 'Size of the editor', ariaValueNow: '55' });
    divider.setAttribute('aria-controls', 'source');
    divider.addEventListener('keydown', this.onKey);
    divider.addEventListener('pointerdown', this.onGrab);
    divider.addEventListener('pointermove', this.onDrag);
    divider.addEventListener('pointerup', this.onRelease);
    divider.addEventListener('pointercancel', this.onRelease);
    divider.addEventListener('dblclick', this.reset);
  }

  connected(): void {
    this.watch.observe(this.panel);
  }

  disconnected(): void {
    this.watch.disconnect();
  }

  actions(): PanelAction[] {
    const { share, height } = this.sizes;
    // The layout is asked for only where there is something to set back: asking makes the browser lay out the page.
    const moved = share !== null || height !== null;
    const available = () => moved && this.sizes[this.isSide ? 'share' : 'height'] !== null && this.size > 0;
    return [{ id: 'reset-split', label: 'Default size of the editor', group: 'view', available, run: this.reset }];
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const { key } = event;
    if (key !== 'Enter' && !(key in steps)) return;
    event.preventDefault();
    const mirrored = this.isSide && this.isRtl && key.startsWith('Arrow') ? -1 : 1;
    if (key === 'Enter') this.reset();
    else this.resize(this.size + steps[key] * mirrored * this.room);
  };

  private readonly onGrab = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.grip = this.positionOf(event) - this.size;
  };

  private readonly onDrag = (event: PointerEvent): void => {
    if (this.grip !== null) this.resize(this.positionOf(event) - this.grip);
  };

  private readonly onRelease = (): void => {
    this.grip = null;
  };

  private readonly reset = (): void => {
    this.sizes[this.isSide ? 'share' : 'height'] = null;
    this.keep();
  };

  /** Gives the editor `pixels` of width or height, as far as both sides bear it. */
  private resize(pixels: number): void {
    const [fewest, most] = this.limits;
    const size = Math.max(fewest, Math.min(most, pixels));
    if (this.isSide) this.sizes.share = size / this.room;
    else this.sizes.height = Math.round(size);
    this.keep();
  }

  private keep(): void {
    this.update();
    try {
      localStorage.setItem(place, JSON.stringify(this.sizes));
    } catch {
      // Without storage the place holds until the page goes.
    }
  }

  /** Puts the sizes into the styles, and tells them to screen readers. */
  private update(): void {
    const divider = this.part('.divider');
    const panes = divider?.closest<HTMLElement>('.panes');
    if (!divider || !panes) return;
    const { share, height } = this.sizes;
    const style = (name: string, value: string) => panes.style.setProperty(name, value);
    style('--_editor-share', share === null ? '' : `${(share * 100).toFixed(2)}%`);
    style('--_editor-height', height === null ? '' : `${height}px`);
    const [fewest, most] = this.limits.map((pixels) => this.told(pixels));
    const now = this.told(this.size);
    const values = {
      'aria-orientation': this.isSide ? 'vertical' : 'horizontal',
      'aria-valuemin': fewest,
      'aria-valuemax': Math.max(most, now),
      'aria-valuenow': now,
      'aria-valuetext': this.isSide ? `${now} percent of the width` : `${now} pixels high`,
    };
    for (const [name, value] of Object.entries(values)) divider.setAttribute(name, String(value));
  }

  private told(pixels: number): number {
    return Math.round(this.isSide ? (100 * pixels) / Math.max(1, this.room) : pixels);
  }

  private part(selector: string): HTMLElement | null {
    return this.panel.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;
  }

  /** Side by side, not stacked. */
  private get isSide(): boolean {
    const panes = this.part('.panes');
    return panes !== null && getComputedStyle(panes).display === 'grid';
  }

  private get isRtl(): boolean {
    return getComputedStyle(this.panel).direction === 'rtl';
  }

  /** What there is to share: the width of both, or the window's height. */
  private get room(): number {
    return this.isSide ? (this.part('.panes')?.clientWidth ?? 0) : window.innerHeight;
  }

  /** The editor's width or height as it is. */
  private get size(): number {
    const box = this.part(this.isSide ? '.source' : '.editor')?.getBoundingClientRect();
    return (this.isSide ? box?.width : box?.height) ?? 0;
  }

  private get limits(): [number, number] {
    if (this.isSide) return [least.width, this.room - least.width];
    return [least.height, Math.max(least.height, this.room * 0.8)];
  }

  /** How far the pointer is from where the editor begins. */
  private positionOf({ clientX, clientY }: PointerEvent): number {
    const box = this.part(this.isSide ? '.source' : '.editor')?.getBoundingClientRect() ?? new DOMRect();
    if (!this.isSide) return clientY - box.top;
    return this.isRtl ? box.right - clientX : clientX - box.left;
  }
}

/** What was kept, as far as it makes sense. */
function remembered(): Sizes {
  const sizes: Sizes = { share: null, height: null };
  try {
    const { share, height } = JSON.parse(localStorage.getItem(place) ?? '{}');
    if (share > 0 && share < 1) sizes.share = share;
    if (height >= least.height) sizes.height = height;
  } catch {
    // What somebody else put there.
  }
  return sizes;
}
