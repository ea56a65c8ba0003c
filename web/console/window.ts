import type { Run } from './line-buffer';
import { dress, type Look } from './looks';
import { linked, type Places } from './places';
import type { Block } from './scrollback';

/** Blocks that a selection may keep on the page. */
const mostSelected = 400;

/** Space above and below a figure, in pixels. */
const figureMargin = 18;

/** Where the reader is: something in view, and how far below the top edge it stands. */
interface Anchor {
  block: Block;
  top: number;
}

/**
 * The blocks that are on the page: those in view and a little around them. What is above and below takes up as much
 * room as it was measured to need, or is expected to.
 */
export class Window {
  private readonly above = element('div', 'room');
  private readonly below = element('div', 'room');
  private shown: Block[] = [];
  /** Measures of the text: a line's height, and characters in a line; 0 while lines are not wrapped. */
  private lineHeight = 20;
  private columns = 0;

  constructor(
    private readonly container: HTMLElement,
    private readonly places: Places,
  ) {}

  /** What belongs into the container, in order. */
  get elements(): HTMLElement[] {
    return [this.above, this.below];
  }

  clear(): void {
    for (const { element } of this.shown) element?.remove();
    this.shown = [];
    this.above.style.height = this.below.style.height = '0';
  }

  /** The layout has changed: what was measured holds no longer. */
  measure(blocks: Block[]): void {
    const style = getComputedStyle(this.container);
    this.lineHeight = Number.parseFloat(style.lineHeight) || 20;
    const pen = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
    pen.font = style.font;
    const width = this.container.clientWidth - Number.parseFloat(style.paddingLeft) * 2;
    const isWrapped = style.whiteSpaceCollapse !== 'preserve' || style.textWrapMode !== 'nowrap';
    this.columns = isWrapped ? Math.max(1, Math.floor(width / (pen.measureText('0'.repeat(50)).width / 50))) : 0;
    for (const block of blocks) block.height = block.guess = null;
  }

  /** Shows the blocks around what is in view, or the last ones where the reader follows the end. */
  show(blocks: Block[], follows: boolean): void {
    const { container } = this;
    const anchor = follows ? null : this.anchor();
    // Heights become known as blocks come into view, and with them what is in view.
    for (let round = 0; round < 4; ++round) {
      const [from, to] = this.range(blocks, follows);
      this.mount(blocks.slice(from, to));
      const isNew = this.measureShown();
      const room = (some: Block[]) => some.reduce((sum, block) => sum + this.heightOf(block), 0);
      this.above.style.height = `${room(blocks.slice(0, from))}px`;
      this.below.style.height = `${room(blocks.slice(to))}px`;
      if (follows) container.scrollTop = container.scrollHeight;
      else if (anchor?.block.element?.isConnected) {
        const moved = anchor.block.element.getBoundingClientRect().top - anchor.top;
        if (Math.abs(moved) > 0.5) container.scrollTop += moved;
      }
      if (!isNew) return;
    }
  }

  private anchor(): Anchor | null {
    const { top } = this.container.getBoundingClientRect();
    for (const block of this.shown) {
      const box = block.element?.getBoundingClientRect();
      if (box && block.element?.isConnected && box.bottom > top) return { block, top: box.top };
    }
    return null;
  }

  /** Numbers of the first block to show and of the one behind the last. */
  private range(blocks: Block[], follows: boolean): [number, number] {
    const { scrollTop, clientHeight } = this.container;
    const margin = Math.max(400, clientHeight);
    let [from, to] = [blocks.length, blocks.length];
    if (follows) {
      for (let room = clientHeight + margin; from > 0 && room > 0; ) room -= this.heightOf(blocks[--from]);
    } else {
      let top = this.above.offsetTop;
      from = 0;
      while (from < blocks.length - 1 && top + this.heightOf(blocks[from]) < scrollTop - margin)
        top += this.heightOf(blocks[from++]);
      to = from;
      while (to < blocks.length && top < scrollTop + clientHeight + margin) top += this.heightOf(blocks[to++]);
    }
    for (const kept of this.keptBlocks(blocks)) {
      if (Math.max(to, kept + 1) - Math.min(from, kept) > mostSelected) continue;
      from = Math.min(from, kept);
      to = Math.max(to, kept + 1);
    }
    return [from, to];
  }

  /** Blocks that hold an end of the reader's selection, or the focus. */
  private keptBlocks(blocks: Block[]): number[] {
    const root = this.container.getRootNode() as ShadowRoot;
    const range = selectedRange(root);
    const nodes = [range?.startContainer, range?.endContainer, root.activeElement];
    const kept = nodes.flatMap((node) =>
      node && node !== this.container && this.container.contains(node)
        ? this.shown.filter(({ element }) => element?.contains(node))
        : [],
    );
    return kept.map((block) => blocks.indexOf(block)).filter((index) => index >= 0);
  }

  private mount(blocks: Block[]): void {
    const staying = new Set(blocks);
    for (const block of this.shown.filter((one) => !staying.has(one))) {
      // A figure may have opened its table meanwhile.
      if (block.lines === 0 && block.element?.isConnected) block.height = block.element.offsetHeight + figureMargin;
      block.element?.remove();
    }
    let next = this.above.nextSibling;
    for (const block of blocks) {
      const element = this.draw(block);
      if (element === next) next = element.nextSibling;
      else this.container.insertBefore(element, next);
    }
    this.shown = blocks;
  }

  private draw(block: Block): HTMLElement {
    if (!block.element) {
      block.element = element('div', 'block');
      block.fresh = block.runs.map((run) => ({ ...run }));
    }
    if (block.fresh.length > 0) block.element.append(...toNodes(block.fresh, this.places));
    block.fresh = [];
    return block.element;
  }

  /** Whether there were heights to learn. */
  private measureShown(): boolean {
    const unknown = this.shown.filter(({ height }) => height === null);
    for (const block of unknown) {
      const { element, lines } = block;
      if (!element) continue;
      const { marginTop, marginBottom } = lines > 0 ? { marginTop: '0', marginBottom: '0' } : getComputedStyle(element);
      block.height =
        element.getBoundingClientRect().height + Number.parseFloat(marginTop) + Number.parseFloat(marginBottom);
    }
    return unknown.length > 0;
  }

  private heightOf(block: Block): number {
    if (block.height !== null) return block.height;
    block.guess ??= this.expected(block);
    return block.guess;
  }

  private expected({ runs, lines, chars, element }: Block): number {
    if (lines === 0) return element ? 400 : 0;
    const { columns, lineHeight } = this;
    if (columns === 0 || chars <= columns) return lines * lineHeight;
    const text = runs.map((run) => run.text).join('');
    let rows = 0;
    for (let from = 0; from < text.length; ) {
      const end = text.indexOf('\n', from);
      rows += Math.max(1, Math.ceil((end - from) / columns));
      from = end + 1;
    }
    return rows * lineHeight;
  }
}

/** What is selected inside of a shadow tree. */
export function selectedRange(root: ShadowRoot): AbstractRange | null {
  const inside = (root as ShadowRoot & { getSelection?: () => Selection | null }).getSelection;
  const selection = inside ? inside.call(root) : document.getSelection();
  if (!selection || selection.rangeCount === 0) return null;
  // Browsers differ in what a selection tells of a shadow tree; this way is the standard's.
  const composed = selection as Selection & {
    getComposedRanges?: (options: { shadowRoots: ShadowRoot[] }) => StaticRange[];
  };
  const range = composed.getComposedRanges?.({ shadowRoots: [root] })[0] ?? selection.getRangeAt(0);
  return range.collapsed ? null : range;
}

/** Runs as nodes; what errors say of places leads there. */
export function toNodes(runs: Run[], places: Places): Node[] {
  return runs.map(({ look, text }) => {
    const { kind, style } = look;
    if (kind === 'stdout' && !style) return document.createTextNode(text);
    const span = spanOf(look);
    if (kind === 'stderr' || kind === 'frame') span.append(...linked(text, places));
    else span.textContent = text;
    return span;
  });
}

const spans = new WeakMap<Look, HTMLElement>();

/** An empty element that looks so. Copies of one are made faster than each of them anew. */
function spanOf(look: Look): HTMLElement {
  let first = spans.get(look);
  if (!first) {
    first = element('span', look.kind === 'frame' ? 'stderr frame' : look.kind);
    if (look.style) dress(first, look.style);
    spans.set(look, first);
  }
  return first.cloneNode() as HTMLElement;
}

/** An element with a class. */
export function element<K extends keyof HTMLElementTagNameMap>(tag: K, className: string): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.className = className;
  return made;
}
