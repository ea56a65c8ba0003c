import { leftOut } from './limits';
import type { FigurePart, GapPart, OutputPart, TextPart } from './messages';

/** Characters that a part counts for beside its text: each one is an object on its way. */
const base = 100;
/** Characters of one text in which writes are put together. */
const longestText = 64 << 10;

/** An item of output. */
interface Item {
  kind: string;
}

/** How much a part is to take over, in characters. */
export function sizeOf(item: Item): number {
  const part = item as OutputPart;
  if (part.kind === 'figure') return base + part.svg.length + 10 * valuesOf(part);
  if (part.kind === 'points') return base * (1 + part.points.length);
  return base + ('text' in part ? part.text.length : 0);
}

/** What a gap says. */
export const wordsOf = ({ stdout, stderr, figures, points }: GapPart) =>
  leftOut({ character: stdout + stderr, figure: figures, point: points });

/**
 * Output that waits, in order, and takes up so much room at most: where more comes the oldest of it goes, and a gap in
 * its place says how much. `Other` are items that are never left out.
 */
export class Backlog<Other extends Item = never> {
  private items: (OutputPart | Other)[] = [];
  /** Number of the item that comes out next; those before it are out. */
  private first = 0;
  /** What all that waits takes up, in characters. */
  size = 0;

  constructor(private readonly most: number) {}

  get isEmpty(): boolean {
    return this.first === this.items.length;
  }

  /** Adds an item behind the others. Text is put together with text of its kind, a figure takes the place of one with its id. */
  add(item: OutputPart | Other): void {
    const last = this.isEmpty ? undefined : this.items[this.items.length - 1];
    if (isText(item) && last && isText(last) && last.kind === item.kind && last.text.length < longestText) {
      last.text += item.text;
      this.size += item.text.length;
    } else if (!this.replace(item)) {
      this.items.push({ ...item });
      this.size += sizeOf(item);
    }
    if (this.size > this.most) this.leaveOut();
  }

  /** Takes the next item out; of a longer text the first `most` characters. Undefined when there is none. */
  take(most: number): OutputPart | Other | undefined {
    if (this.isEmpty) return undefined;
    const item = this.items[this.first];
    if (isText(item) && item.text.length > most) {
      const end = endOf(item.text, most);
      const head = { ...item, text: item.text.slice(0, end) };
      item.text = item.text.slice(end);
      this.size -= end;
      return head;
    }
    this.first++;
    this.size -= sizeOf(item);
    if (this.isEmpty || (this.first > 1000 && this.first * 2 > this.items.length)) this.tidy();
    return item;
  }

  clear(): void {
    this.items = [];
    this.first = this.size = 0;
  }

  private replace(item: Item): boolean {
    const figure = item as OutputPart;
    if (figure.kind !== 'figure' || figure.id === null) return false;
    const isSame = (one: Item) => one.kind === 'figure' && (one as typeof figure).id === figure.id;
    const place = this.items.findLastIndex(isSame);
    if (place < this.first) return false;
    this.size += sizeOf(figure) - sizeOf(this.items[place]);
    this.items[place] = figure;
    return true;
  }

  private tidy(): void {
    this.items.splice(0, this.first);
    this.first = 0;
  }

  /** Leaves out the oldest, so much that there is room for a while. */
  private leaveOut(): void {
    this.tidy();
    const gap: GapPart = { kind: 'gap', stdout: 0, stderr: 0, figures: 0, points: 0 };
    const staying: typeof this.items = [];
    let next = 0;
    for (this.size += base; next < this.items.length && this.size > 0.75 * this.most; ++next) {
      const item = this.items[next];
      if (isText(item)) {
        const end = endOf(item.text, Math.ceil(this.size - 0.75 * this.most));
        gap[item.kind] += end;
        this.size -= end;
        item.text = item.text.slice(end);
        if (item.text) break;
        this.size -= base;
      } else if (!isCounted(item, gap)) staying.push(item);
      else this.size -= sizeOf(item);
    }
    this.items = [gap, ...staying, ...this.items.slice(next)];
  }
}

const valuesOf = ({ data = [] }: FigurePart) => data.reduce((sum, { x, y }) => sum + x.length + y.length, 0);

function isText(item: Item): item is TextPart {
  return item.kind === 'stdout' || item.kind === 'stderr';
}

/** Counts what may be left out, but text; false for the rest. */
function isCounted(item: Item, gap: GapPart): boolean {
  const part = item as OutputPart;
  if (part.kind === 'figure') gap.figures++;
  else if (part.kind === 'points') gap.points += part.points.length;
  else if (part.kind !== 'gap') return false;
  else for (const name of ['stdout', 'stderr', 'figures', 'points'] as const) gap[name] += part[name];
  return true;
}

/** Where a text may be cut: near `at`, but not within a line's end or a character of two parts. */
function endOf(text: string, at: number): number {
  const isPair = /[\uD800-\uDBFF][\uDC00-\uDFFF]|\r\n/.test(text.slice(at - 1, at + 1));
  return Math.min(text.length, isPair ? at + 1 : at);
}
