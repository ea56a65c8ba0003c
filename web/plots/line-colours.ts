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
