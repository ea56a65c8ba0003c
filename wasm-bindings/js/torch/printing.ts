// Printing tensors, character for character as PyTorch does.
import * as ops from '../../../build/generated/js/ops.ts';
import { getDefaultDtype, tensor as make } from './creation.ts';
import { bool, int64 } from './dtypes.ts';
import type { Nested, Tensor } from './tensor.ts';

/** How tensors are printed. */
export interface PrintOptions {
  /** Digits behind the point. */
  precision: number;
  /** From how many elements on a tensor is summarised. */
  threshold: number;
  /** Items kept at each edge of a summarised tensor. */
  edgeitems: number;
  /** Characters of a line. */
  linewidth: number;
  /** Scientific notation: always, never, or null for where it is needed. */
  sciMode: boolean | null;
}

const options: PrintOptions = { precision: 4, threshold: 1000, edgeitems: 3, linewidth: 80, sciMode: null };

/** How tensors are printed. @internal */
export function getPrintoptions(): PrintOptions {
  return { ...options };
}

/** Changes how tensors are printed. */
export function setPrintoptions(given: Partial<PrintOptions>): void {
  Object.assign(options, given);
}

/** `text`, rounded away from zero where `all` digits say the middle, rounded to even instead, as C does. */
function toEven(text: string, all: string): string {
  const end = text.search(/e|$/);
  const more = all.slice(end, all.search(/e|$/));
  if (!/^50*$/.test(more)) return text;
  const cut = all.slice(0, end);
  const last = cut.at(-1) === '.' ? cut.at(-2) : cut.at(-1);
  return Number(last) % 2 === 0 ? cut + text.slice(end) : text;
}

/** A number with so many digits behind the point, as C's %.*f. */
export function fixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf';
  if (Math.abs(value) >= 1e21) return BigInt(value).toString() + (digits ? `.${'0'.repeat(digits)}` : '');
  const sign = Object.is(value, -0) ? '-' : '';
  const text = value.toFixed(digits);
  if (digits === 0) {
    // One digit more keeps the point in its place.
    const tie = Math.abs(value % 1) === 0.5;
    return tie ? sign + String(2 * Math.round(value / 2)).replace(/^0$/, value < 0 ? '-0' : '0') : sign + text;
  }
  return sign + toEven(text, value.toFixed(Math.min(100, digits + 60)));
}

/** A number in scientific notation, as C's %.*e. */
export function scientific(value: number, digits: number): string {
  if (!Number.isFinite(value)) return fixed(value, 0);
  const text = toEven(value.toExponential(digits), value.toExponential(Math.min(100, digits + 60)));
  const sign = Object.is(value, -0) ? '-' : '';
  return sign + text.replace(/e([+-])(\d)$/, 'e$10$2');
}

/** Chooses one notation and one width for all elements of a tensor. */
class Formatter {
  private integers = true;
  private scientific = false;
  width = 1;

  constructor(
    values: (number | bigint | boolean)[],
    private readonly floating: boolean,
  ) {
    if (!floating) {
      this.width = Math.max(1, ...values.map((value) => plain(value).length));
      return;
    }
    const numbers = (values as number[]).filter((value) => value !== 0 && Number.isFinite(value));
    if (numbers.length === 0) return;
    const sizes = numbers.map(Math.abs);
    const [largest, smallest] = [Math.max(...sizes), Math.min(...sizes)];
    this.integers = numbers.every(Number.isInteger);
    this.scientific = largest / smallest > 1000 || largest > 1e8 || (!this.integers && smallest < 1e-4);
    const { precision } = options;
    const measure = this.scientific
      ? (value: number) => scientific(value, precision).length
      : this.integers
        ? (value: number) => fixed(value, 0).length + 1
        : (value: number) => fixed(value, precision).length;
    this.width = Math.max(1, ...numbers.map(measure));
    if (options.sciMode !== null) this.scientific = options.sciMode;
  }

  format(value: number | bigint | boolean): string {
    return this.text(value).padStart(this.width);
  }

  private text(value: number | bigint | boolean): string {
    if (!this.floating) return plain(value);
    const number = value as number;
    if (this.scientific) return scientific(number, options.precision);
    if (this.integers) return fixed(number, 0) + (Number.isFinite(number) ? '.' : '');
    return fixed(number, options.precision);
  }
}

const plain = (value: number | bigint | boolean) =>
  typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);

/** The parts with a mark where the middle was left out. */
function withGap(parts: string[], cut: boolean, gap: string): string[] {
  const edge = options.edgeitems;
  return cut ? [...parts.slice(0, edge), gap, ...parts.slice(edge)] : parts;
}

function vector(values: Nested[], cut: boolean, indent: number, formatter: Formatter): string {
  const perLine = Math.max(1, Math.floor((options.linewidth - indent) / (formatter.width + 2)));
  const texts = withGap(
    values.map((value) => formatter.format(value as number)),
    cut,
    ' ...',
  );
  const lines: string[] = [];
  for (let i = 0; i < texts.length; i += perLine) lines.push(texts.slice(i, i + perLine).join(', '));
  return `[${lines.join(`,\n${' '.repeat(indent + 1)}`)}]`;
}

/** `cuts`: for each dimension, whether its middle was left out. */
function nested(values: Nested, cuts: boolean[], indent: number, formatter: Formatter): string {
  if (!Array.isArray(values)) return formatter.format(values);
  if (cuts.length === 1) return vector(values, cuts[0], indent, formatter);
  const parts = values.map((value) => nested(value, cuts.slice(1), indent + 1, formatter));
  const apart = `,${'\n'.repeat(cuts.length - 1)}${' '.repeat(indent + 1)}`;
  return `[${withGap(parts, cuts[0], '...').join(apart)}]`;
}

/** The bracketed text of a tensor with at least one element. */
function contents(tensor: Tensor, indent: number): string {
  const { shape } = tensor;
  const cuts = shape.map(() => false);
  let shown = tensor;
  if (tensor.numel() > options.threshold) {
    const edge = options.edgeitems;
    for (const [dim, size] of shape.entries()) {
      if (size <= 2 * edge) continue;
      cuts[dim] = true;
      const places = Array.from({ length: 2 * edge }, (_, i) => (i < edge ? i : size - 2 * edge + i));
      shown = ops.indexSelect(shown, dim, make(places, { dtype: int64 }));
    }
  }
  const values = shown.tolist();
  const flat = (Array.isArray(values) ? values.flat(shape.length as 1) : [values]) as number[];
  return nested(values, cuts, indent, new Formatter(flat, tensor.dtype.isFloatingPoint));
}

function withSuffixes(text: string, suffixes: string[], indent: number): string {
  let whole = text;
  let lastLine = text.length - text.lastIndexOf('\n') + 1;
  for (const suffix of suffixes) {
    if (lastLine + suffix.length + 2 > options.linewidth) {
      whole += `,\n${' '.repeat(indent)}${suffix}`;
      lastLine = indent + suffix.length;
    } else {
      whole += `, ${suffix}`;
      lastLine += suffix.length + 2;
    }
  }
  return `${whole})`;
}

/** What printing a tensor shows. */
export function text(tensor: Tensor): string {
  const prefix = 'tensor(';
  const name = ops.gradFnName(tensor);
  const { shape, dtype } = tensor;
  const normal = getDefaultDtype();
  const suffixes: string[] = [];
  let inside = '[]';
  if (shape.includes(0)) {
    if (shape.length !== 1) suffixes.push(`size=(${shape.join(', ')})`);
    if (dtype !== normal) suffixes.push(`dtype=${dtype}`);
  } else {
    if (![normal, int64, bool].includes(dtype)) suffixes.push(`dtype=${dtype}`);
    inside = contents(ops.detach(tensor), prefix.length);
  }
  if (name) suffixes.push(`grad_fn=<${name}>`);
  else if (tensor.requiresGrad) suffixes.push('requires_grad=True');
  return withSuffixes(prefix + inside, suffixes, prefix.length);
}
