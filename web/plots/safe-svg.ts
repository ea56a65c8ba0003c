/**
 * SVG that came from a program, made harmless: drawing stays; scripts, handlers, style sheets, animations and every
 * address outside of the picture go, and what is more than a page can draw without a halt.
 */

import { mostSvg } from '../protocol/limits';
import { prune } from './svg-weight';

const svgNamespace = 'http://www.w3.org/2000/svg';

/** Elements of a picture, each counted as often as it is drawn. */
const mostElements = 3000;
/** Elements in each other. */
const mostDepth = 60;

const elements = new Set(
  `svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath title desc image clipPath mask
   pattern marker linearGradient radialGradient stop`.split(/\s+/),
);

const styles = new Set(
  `fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-dasharray stroke-dashoffset stroke-linecap
   stroke-linejoin stroke-miterlimit opacity color visibility font font-family font-size font-style font-weight
   font-variant text-anchor dominant-baseline letter-spacing white-space paint-order stop-color stop-opacity
   image-rendering clip-path clip-rule mask marker-start marker-mid marker-end vector-effect shape-rendering`.split(
    /\s+/,
  ),
);

/** What may stand beside `href` and `style`; the properties above may stand as attributes too. */
const attributes = new Set(
  `id class role tabindex aria-label aria-labelledby aria-describedby aria-hidden width height viewBox version preserveAspectRatio
   transform d points pathLength x y x1 y1 x2 y2 cx cy r rx ry dx dy rotate textLength lengthAdjust startOffset offset
   fx fy fr gradientUnits gradientTransform spreadMethod patternUnits patternContentUnits patternTransform
   overflow display text-decoration word-spacing baseline-shift alignment-baseline
   clipPathUnits maskUnits maskContentUnits markerUnits markerWidth markerHeight refX refY orient`.split(/\s+/),
);

/** Words for people and names, which no browser reads as anything else. */
const words = /^(?:id|class|role|aria-.*)$/;

/** What may be called in a value: places and colours. All else might fetch something. */
const functions = new Set(
  `matrix translate translateX translateY scale scaleX scaleY rotate skewX skewY var calc min max clamp
   rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix`.split(/\s+/),
);

const inside = /\burl\(\s*(?:#[\w.-]+|'#[\w.-]+'|"#[\w.-]+")\s*\)/gi;
const imageData = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*$/;

/** A picture that can be shown. */
export interface SafePicture {
  picture: SVGSVGElement;
  /** Whether parts of it were more than can be shown. */
  isCut: boolean;
}

/** The picture as an element of this document. Throws an Error in words when `text` is not an SVG picture, or too much of one. */
export function safeSvg(text: string): SafePicture {
  if (text.length > mostSvg) throw new Error(tooLarge);
  // As in a page, where a picture needs no name of its language.
  const named = text.replace(/<svg\b(?![^>]*\sxmlns=)/, `<svg xmlns="${svgNamespace}"`);
  const root = new DOMParser().parseFromString(named, 'image/svg+xml').documentElement;
  if (root.localName !== 'svg' || root.querySelector('parsererror')) throw new Error('This figure is not valid SVG.');
  const room = { elements: mostElements, isCut: false };
  const picture = copied(root, room, mostDepth) as SVGSVGElement;
  const gone = prune(picture, mostElements);
  if (gone === Number.POSITIVE_INFINITY) throw new Error(tooLarge);
  return { picture, isCut: room.isCut || gone > 0 };
}

const tooLarge = 'This figure is too large to be shown here.';

function copied(source: Element, room: { elements: number; isCut: boolean }, depth: number): Element {
  const made = document.createElementNS(svgNamespace, source.localName) as SVGElement;
  for (const { localName, value } of source.attributes) setSafely(made, localName, value);
  for (const child of source.childNodes) {
    if (child instanceof Element) {
      if (child.namespaceURI !== svgNamespace || !elements.has(child.localName)) continue;
      if (depth > 0 && room.elements-- > 0) made.append(copied(child, room, depth - 1));
      else room.isCut = true;
    } else if (child.nodeType === Node.TEXT_NODE || child.nodeType === Node.CDATA_SECTION_NODE) {
      made.append(child.textContent ?? '');
    }
  }
  return made;
}

function setSafely(element: SVGElement, name: string, value: string): void {
  if (name === 'href') {
    const isInside = element.localName === 'image' ? imageData.test(value) : value.startsWith('#');
    if (isInside) element.setAttribute('href', value);
  } else if (name === 'style') {
    setStyle(element, value);
  } else if (words.test(name) ? attributes.has(name) : isKnown(name) && staysInside(value)) {
    element.setAttribute(name, value);
  }
}

const isKnown = (name: string) => attributes.has(name) || styles.has(name);

/** Whether a value names nothing outside of the picture. A backslash can spell any name. */
function staysInside(value: string): boolean {
  if (!/[(\\]/.test(value)) return true;
  const called = value.replace(inside, '').matchAll(/([^\s(),]*)\(/g);
  return !value.includes('\\') && [...called].every(([, name]) => functions.has(name));
}

/** Declaration by declaration: a style attribute as a whole would be against a strict content policy. */
function setStyle(element: SVGElement, text: string): void {
  for (const declaration of text.split(';')) {
    const colon = declaration.indexOf(':');
    const name = declaration.slice(0, colon).trim().toLowerCase();
    const value = declaration.slice(colon + 1).trim();
    if (styles.has(name) && staysInside(value)) element.style.setProperty(name, value);
  }
}
