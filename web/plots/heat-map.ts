import { nothing, svg } from 'lit';
import { paper, textWidth } from './paper';
import { numberText } from './scale';

/** A matrix, or the part of one that came; `values` has it row by row. */
export interface Matrix {
  values: Float64Array;
  rows: number;
  columns: number;
  ofRows: number;
  ofColumns: number;
}

/** Rows and columns of a picture at most, and the pixels that they take together. */
const most = 200;
const room = 1000;
/** Pixels of a cell. */
const least = 5;
const tallest = 28;
/** Pixels of the numbers' digits. */
const digits = 12;
const edge = 24;
const scaleWidth = 240;

type Colour = [number, number, number];
/** Colours of the largest values; 0 is white, and what is no finite number has no sign. */
const positive: Colour = [33, 102, 172];
const negative: Colour = [200, 80, 20];
const other: Colour = [196, 196, 196];
/** Tints of a sign. The cells of one tint are one path: the file is small. */
const tints = 50;

/** The part of a matrix that is drawn, and how large its cells are. */
interface Grid {
  rows: number;
  columns: number;
  at: (row: number, column: number) => number;
  width: number;
  height: number;
  hasNumbers: boolean;
  low: number;
  high: number;
  /** What has the full colour. */
  largest: number;
  allFinite: boolean;
  /** Whether negative values are told by a dash: where no numbers do. */
  hasDashes: boolean;
}

/** A matrix as a picture for a file: a tint for each value, its number where there is room, and the scale of the tints. */
export function heatMap(name: string, kind: string, matrix: Matrix): SVGSVGElement {
  const grid = gridOf(matrix);
  const caption = captionOf(matrix, grid);
  const left = edge + textWidth(String(grid.rows - 1), digits) + 8;
  const bottom = 94 + grid.rows * grid.height;
  const words = [textWidth(name, 17, 600), ...[kind, ...caption].map((line) => textWidth(line)), scaleWidth + 40];
  const right = Math.max(left + grid.columns * grid.width, edge + Math.max(...words));
  const range = `Values from ${numberText(grid.low)} to ${numberText(grid.high)}.`;
  return paper(
    {
      width: Math.ceil(right + edge),
      height: bottom + 72 + caption.length * 20,
      title: `${name}: ${kind}`,
      description: ['Heat map.', range, ...caption].join(' '),
    },
    svg`
      <text x=${edge} y="36" font-size="17" font-weight="600">${name}</text>
      <text x=${edge} y="57" fill="#444">${kind}</text>
      <g transform="translate(${left} 94)">${numbers(grid)}${cells(grid)}</g>
      <g transform="translate(${left} ${bottom + 18})">${scale(grid)}</g>
      ${caption.map((line, i) => svg`<text x=${edge} y=${bottom + 76 + i * 20} fill="#444">${line}</text>`)}
    `,
  );
}

function gridOf(matrix: Matrix): Grid {
  const rows = Math.min(matrix.rows, most);
  const columns = Math.min(matrix.columns, most);
  const at = (row: number, column: number) => matrix.values[row * matrix.columns + column];
  const values = count(rows).flatMap((row) => count(columns).map((column) => at(row, column)));
  const finite = values.filter(Number.isFinite);
  const low = finite.reduce((least, value) => Math.min(least, value), finite[0] ?? 0);
  const high = finite.reduce((top, value) => Math.max(top, value), finite[0] ?? 0);
  const height = clamp(room / rows, least, tallest);
  const across = clamp(room / columns, least, room);
  // Digits are all of one width.
  const wide = values.reduce((top, value) => Math.max(top, numberText(value).length), 0) * digits * 0.6 + 14;
  const hasNumbers = height >= 16 && across >= wide;
  const width = hasNumbers ? Math.ceil(Math.max(wide, tallest)) : Math.min(across, tallest);
  const largest = Math.max(high, -low) || 1;
  return {
    rows,
    columns,
    at,
    width,
    height,
    hasNumbers,
    low,
    high,
    largest,
    allFinite: finite.length === values.length,
    hasDashes: low < 0 && !hasNumbers,
  };
}

function captionOf({ ofRows, ofColumns }: Matrix, { rows, columns, allFinite, hasDashes }: Grid): string[] {
  const isAll = rows === ofRows && columns === ofColumns;
  const part = `The first ${rows} of ${ofRows} rows and ${columns} of ${ofColumns} columns.`;
  return [
    ...(isAll ? [] : [part]),
    ...(hasDashes ? ['A dash: a negative number.'] : []),
    ...(allFinite ? [] : ['Grey: not a finite number.']),
  ];
}

function cells(grid: Grid) {
  const { rows, columns, at, width, height, hasNumbers, hasDashes } = grid;
  const paths = new Map<string, string[]>();
  for (const row of count(rows)) {
    for (const column of count(columns)) {
      const fill = hex(colourOf(at(row, column), grid));
      const path = paths.get(fill) ?? [];
      path.push(`M${column * width} ${row * height}h${width}v${height}h-${width}z`);
      paths.set(fill, path);
    }
  }
  const gap = Math.min(width, height) >= 12 ? '#fff' : 'none';
  return svg`
    <g shape-rendering="crispEdges" stroke=${gap}>
      ${[...paths].map(([fill, path]) => svg`<path class="cells" fill=${fill} d=${path.join('')} />`)}
      <rect width=${columns * width} height=${rows * height} fill="none" stroke="#999" />
    </g>
    ${hasNumbers ? svg`<g font-size=${digits} text-anchor="middle">${values(grid)}</g>` : nothing}
    ${hasDashes ? svg`<path stroke="#000" stroke-opacity="0.6" stroke-dasharray=${width / 2} d=${dashes(grid)} />` : nothing}
  `;
}

/** Tells negative values without the colour: a dash in the cell of each. Neighbours share a line, which is drawn in dashes. */
function dashes({ rows, columns, at, width, height }: Grid): string {
  const lines: string[] = [];
  for (const row of count(rows))
    for (let from = 0; from < columns; from++) {
      const start = from;
      while (from < columns && at(row, from) < 0) from++;
      if (from > start)
        lines.push(`M${(start + 0.25) * width} ${(row + 0.5) * height}h${(from - start - 0.5) * width}`);
    }
  return lines.join('');
}

function values(grid: Grid) {
  const { rows, columns, at, width, height } = grid;
  const value = (row: number, column: number) => svg`
    <text x=${(column + 0.5) * width} y=${(row + 0.5) * height} dy="0.35em"
      fill=${isDark(colourOf(at(row, column), grid)) ? '#fff' : '#000'}>${numberText(at(row, column))}</text>`;
  return count(rows).map((row) => count(columns).map((column) => value(row, column)));
}

/** Numbers of rows and columns, as many as there is room for. */
function numbers({ rows, columns, width, height }: Grid) {
  const everyColumn = spacing((textWidth(String(columns - 1), digits) + 8) / width);
  const everyRow = spacing(15 / height);
  const column = (i: number) => svg`<text x=${(i + 0.5) * width} y="-7" text-anchor="middle">${i}</text>`;
  const row = (i: number) => svg`<text x="-8" y=${(i + 0.5) * height} dy="0.35em" text-anchor="end">${i}</text>`;
  return svg`<g font-size=${digits} fill="#444">
    ${count(columns).map((i) => (i % everyColumn === 0 ? column(i) : nothing))}
    ${count(rows).map((i) => (i % everyRow === 0 ? row(i) : nothing))}
  </g>`;
}

/** Which tint is which value. */
function scale(grid: Grid) {
  const from = grid.low < 0 ? -grid.largest : 0;
  const to = grid.high > 0 || from === 0 ? grid.largest : 0;
  const ends = from < 0 && to > 0 ? [from, 0, to] : [from, to];
  const share = (i: number) => i / (ends.length - 1);
  return svg`
    <defs><linearGradient id="scale">
      ${ends.map((value, i) => svg`<stop offset=${share(i)} stop-color=${hex(colourOf(value, grid))} />`)}
    </linearGradient></defs>
    <rect width=${scaleWidth} height="14" fill="url(#scale)" stroke="#999" />
    ${ends.map(
      (value, i) => svg`
      <text x=${share(i) * scaleWidth} y="30" font-size=${digits} text-anchor=${['start', 'middle', 'end'][share(i) * 2]}>${numberText(value)}</text>`,
    )}
  `;
}

function colourOf(value: number, { largest }: Grid): Colour {
  if (!Number.isFinite(value)) return other;
  const share = Math.round((Math.abs(value) / largest) * tints) / tints;
  return (value < 0 ? negative : positive).map((part) => Math.round(255 + (part - 255) * share)) as Colour;
}

const hex = (colour: Colour) => `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`;

/** Whether white letters can be read on it better than black ones. */
function isDark(colour: Colour): boolean {
  const [red, green, blue] = colour.map((part) => (part / 255) ** 2.2);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.179;
}

/** The least round number that is at least `rough`. */
const spacing = (rough: number) => [1, 2, 5, 10, 20, 50].find((step) => step >= rough) ?? 100;

const clamp = (size: number, low: number, high: number) => Math.max(low, Math.min(high, Math.floor(size)));

const count = (length: number) => Array.from({ length }, (_, i) => i);
