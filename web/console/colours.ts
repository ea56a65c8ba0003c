/** Red, green and blue from 0 to 255. */
export type Rgb = readonly [number, number, number];

/** Paper and ink of the output, in light and in dark; see the panel's tokens. */
const themes = [
  { paper: [0xf9, 0xfa, 0xf8], ink: [0x1c, 0x21, 0x26] },
  { paper: [0x11, 0x14, 0x17], ink: [0xe4, 0xe7, 0xea] },
] as const satisfies { paper: Rgb; ink: Rgb }[];
/** What WCAG asks of text; a little more, because colours are rounded. */
const contrast = 4.6;

/** The sixteen named colours of a terminal. */
const named: Rgb[] = [
  '000000 cd3131 0dbc79 c7a500 2472c8 bc3fbc 11a8cd c8c8c8',
  '666666 f14c4c 23d18b e5c21a 3b8eea d670d6 29b8db ffffff',
]
  .join(' ')
  .split(' ')
  .map((hex) => [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb);

/** One of a terminal's 256 colours: the named ones, a cube of 6 × 6 × 6, and greys. */
export function indexed(index: number): Rgb {
  if (index < 16) return named[index];
  if (index >= 232) {
    const grey = 8 + 10 * (index - 232);
    return [grey, grey, grey];
  }
  const step = (n: number) => (n === 0 ? 0 : 55 + 40 * n);
  const cube = index - 16;
  return [step(Math.floor(cube / 36)), step(Math.floor(cube / 6) % 6), step(cube % 6)];
}

interface Wanted {
  /** null: the ink of the output. */
  text: Rgb | null;
  /** null: the paper of the output. */
  ground: Rgb | null;
  /** Nearer to the paper. */
  dim: boolean;
  /** Text and ground change places. */
  inverse: boolean;
}

/** CSS colours in which the text can be read on light and on dark pages; null where the panel's own will do. */
export function readable(wanted: Wanted): { color: string | null; background: string | null } {
  const pairs = themes.map((theme) => {
    const text = wanted.text ?? theme.ink;
    const ground = wanted.ground ?? theme.paper;
    const [ink, paper] = wanted.inverse ? [ground, text] : [text, ground];
    const faded = wanted.dim ? mixed(ink, paper, 0.4) : ink;
    return { ink: css(against(faded, paper)), paper: css(paper) };
  });
  const [light, dark] = pairs;
  const hasGround = wanted.ground !== null || wanted.inverse;
  return {
    color: wanted.text || wanted.dim || hasGround ? `light-dark(${light.ink}, ${dark.ink})` : null,
    background: hasGround ? `light-dark(${light.paper}, ${dark.paper})` : null,
  };
}

/** The colour, moved towards black or white until it stands out from the paper. */
function against(ink: Rgb, paper: Rgb): Rgb {
  if (contrastOf(ink, paper) >= contrast) return ink;
  const end: Rgb = contrastOf([0, 0, 0], paper) > contrastOf([255, 255, 255], paper) ? [0, 0, 0] : [255, 255, 255];
  let [near, far] = [0, 1];
  for (let i = 0; i < 7; ++i) {
    const middle = (near + far) / 2;
    if (contrastOf(mixed(ink, end, middle), paper) >= contrast) far = middle;
    else near = middle;
  }
  return mixed(ink, end, far);
}

/** Contrast as WCAG defines it, from 1 to 21. */
export function contrastOf(a: Rgb, b: Rgb): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const mixed = (from: Rgb, to: Rgb, share: number): Rgb =>
  from.map((value, i) => Math.round(value + (to[i] - value) * share)) as unknown as Rgb;

const css = ([r, g, b]: Rgb) => `#${[r, g, b].map((value) => value.toString(16).padStart(2, '0')).join('')}`;
