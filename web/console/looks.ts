import { indexed, type Rgb, readable } from './colours';

/** Who wrote a stretch of output. A frame is an indented line of a traceback; progress is a line that is redrawn. */
export type Kind = 'stdout' | 'stderr' | 'input' | 'frame' | 'progress' | 'note';

/** How a program wants its text to look, as the escape sequence `ESC [ … m` (SGR) says. */
export interface Style {
  text: Rgb | null;
  ground: Rgb | null;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
  strike: boolean;
  inverse: boolean;
}

/** How a stretch of output looks. There is one object for each look, so looks can be compared as they are. */
export interface Look {
  kind: Kind;
  /** What the program wants; null where it wants nothing. */
  style: Style | null;
}

const plain: Style = {
  text: null,
  ground: null,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  strike: false,
  inverse: false,
};

/** Numbers of SGR that switch something on or off. */
const switches: Record<number, Partial<Style>> = {
  0: plain,
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underline: true },
  7: { inverse: true },
  9: { strike: true },
  21: { underline: true },
  22: { bold: false, dim: false },
  23: { italic: false },
  24: { underline: false },
  27: { inverse: false },
  29: { strike: false },
  39: { text: null },
  49: { ground: null },
};

/** The style after the numbers of an escape sequence. */
export function restyled(style: Style | null, numbers: number[]): Style | null {
  let next: Style = style ?? plain;
  const rest = numbers.length > 0 ? [...numbers] : [0];
  while (rest.length > 0) next = { ...next, ...step(rest.shift() as number, rest) };
  return Object.entries(plain).every(([name, value]) => next[name as keyof Style] === value) ? null : next;
}

/** One number; those that name a colour take more of the `rest`. */
function step(number: number, rest: number[]): Partial<Style> {
  if (number === 38) return { text: colourIn(rest) };
  if (number === 48) return { ground: colourIn(rest) };
  const base = number % 10;
  if (base < 8) {
    const family = number - base;
    if (family === 30) return { text: indexed(base) };
    if (family === 40) return { ground: indexed(base) };
    if (family === 90) return { text: indexed(base + 8) };
    if (family === 100) return { ground: indexed(base + 8) };
  }
  return switches[number] ?? {};
}

const byte = (value: number | undefined) => Math.min(255, Math.max(0, value || 0));

/** `5;n` is one of 256 colours, `2;r;g;b` any. */
function colourIn(rest: number[]): Rgb | null {
  const form = rest.shift();
  if (form === 5) return indexed(byte(rest.shift()));
  if (form !== 2) return null;
  const [r, g, b] = rest.splice(0, 3);
  return [byte(r), byte(g), byte(b)];
}

/** Looks that one output can have; a program that uses more of them loses their colours. */
const mostLooks = 5000;

/** The looks of one output, each with a character that stands for it. */
export class Looks {
  private readonly table: Look[] = [];
  private readonly letters = new Map<string, string>();

  letter(kind: Kind, style: Style | null): string {
    const key = style ? kind + Object.values(style).join() : kind;
    const known = this.letters.get(key);
    if (known) return known;
    if (style && this.table.length >= mostLooks) return this.letter(kind, null);
    const letter = String.fromCharCode(this.table.push({ kind, style }) - 1);
    this.letters.set(key, letter);
    return letter;
  }

  at(letter: string): Look {
    return this.table[letter.charCodeAt(0)];
  }
}

/** Dresses an element in what a program wants its text to look like. */
export function dress(element: HTMLElement, style: Style): void {
  const { color, background } = readable(style);
  if (color) element.style.color = color;
  if (background) element.style.backgroundColor = background;
  if (style.bold) element.style.fontWeight = 'bold';
  if (style.italic) element.style.fontStyle = 'italic';
  const lines = [style.underline && 'underline', style.strike && 'line-through'].filter(Boolean);
  if (lines.length > 0) element.style.textDecoration = lines.join(' ');
}
