/** How the lines of a chart differ: by colour, and by dashes and marks as well for those who see none. */

/** Colours of a chart's lines, in order: on light paper and on dark. */
export const lineColours = [
  ['#1f6fb2', '#6cb2ee'],
  ['#c2570c', '#f2a25c'],
  ['#2c7d3d', '#77cf88'],
  ['#b3262f', '#f58b8b'],
  ['#7a4fae', '#bfa0ea'],
  ['#80543f', '#c9a18d'],
  ['#b83280', '#f29bcb'],
  ['#5b6670', '#aeb8c2'],
];

/** Dashes in order, as `stroke-dasharray` has them. Their number and that of colours have no common factor: forty lines differ. */
const dashes = ['none', '7 3', '2 3', '9 3 2 3', '14 4'];

/** The dashes of line number `i`. */
export const dashOf = (i: number) => dashes[i % dashes.length];

/** A disc, a square, a triangle, a diamond: some eight pixels wide. */
const marks = [
  'm-3.5,0a3.5,3.5 0 1,0 7,0a3.5,3.5 0 1,0 -7,0z',
  'm-3.2,-3.2h6.4v6.4h-6.4z',
  'm0,-4.2l4.2,7.2h-8.4z',
  'm0,-4.6l4.6,4.6l-4.6,4.6l-4.6,-4.6z',
];

/** The mark of line number `i` at (x, y), as a path. */
export const markOf = (i: number, x: number, y: number) => `M${x},${y}${marks[i % marks.length]}`;
