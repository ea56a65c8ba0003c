import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { root } from '../../wasm-bindings/setup/places.mjs';

/** A picture of the app. */
export interface Icon {
  path: string;
  sizes: string;
  type: string;
  purpose: 'any' | 'maskable';
  source: string | Uint8Array;
}

let ready: Promise<void> | undefined;

/** The mark on its ground, as what systems ask for: SVG, PNG for those that take no SVG, and with room for any mask. */
export async function makeIcons(): Promise<Icon[]> {
  ready ??= initWasm(readFileSync(join(root, 'node_modules/@resvg/resvg-wasm/index_bg.wasm')));
  await ready;
  const mark = readFileSync(join(root, 'web/playground/mark.svg'), 'utf8');
  const path = /<path d="([^"]+)"/.exec(mark)?.[1] ?? '';
  const rounded = drawing(path, 0.68, 7);
  // A mask may leave a circle of 80 %.
  const full = drawing(path, 0.52, 0);
  return [
    named('icon', 'any', rounded, 'any', 'svg'),
    ...[192, 512].map((size) => named(`icon-${size}`, `${size}x${size}`, png(rounded, size), 'any', 'png')),
    named('icon-180', '180x180', png(full, 180), 'any', 'png'),
    named('icon-maskable-512', '512x512', png(full, 512), 'maskable', 'png'),
  ];
}

/** The mark in white, in the middle of a square of 32. */
function drawing(path: string, scale: number, radius: number): string {
  // Its lines reach from 3.6 to 30.4 and from 5.1 to 25.9.
  const [x, y] = [16 - 17 * scale, 16 - 15.5 * scale];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="${radius}" fill="#0c6f64"/><path transform="translate(${x} ${y}) scale(${scale})" d="${path}" fill="none" stroke="#fff" stroke-width="2.8" stroke-linecap="round"/></svg>`;
}

const png = (svg: string, width: number) => new Resvg(svg, { fitTo: { mode: 'width', value: width } }).render().asPng();

function named(
  name: string,
  sizes: string,
  source: string | Uint8Array,
  purpose: Icon['purpose'],
  ending: 'svg' | 'png',
): Icon {
  const hash = createHash('sha256').update(source).digest('hex').slice(0, 8);
  const type = ending === 'svg' ? 'image/svg+xml' : 'image/png';
  return { path: `assets/${name}-${hash}.${ending}`, sizes, type, purpose, source };
}
