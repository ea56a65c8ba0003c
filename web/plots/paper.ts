/** Pictures that are files of their own: white paper, black ink, nothing of the page's styles. */

import { html, render, type SVGTemplateResult } from 'lit';

const family = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";

interface Paper {
  width: number;
  height: number;
  /** What it shows, in words. */
  title: string;
  /** The same at length. */
  description: string;
}

/** A picture with `body` on it; letters are 13 pixels high where it says nothing else. */
export function paper({ width, height, title, description }: Paper, body: SVGTemplateResult): SVGSVGElement {
  const place = document.createDocumentFragment();
  render(
    html`<svg viewBox="0 0 ${width} ${height}" width=${width} height=${height} role="img" fill="#000" font-family=${family} font-size="13">
      <title></title><desc></desc>
      <rect width=${width} height=${height} fill="#fff" />${body}</svg>`,
    place,
  );
  const picture = place.querySelector('svg') as SVGSVGElement;
  removeGaps(picture);
  const [first, second] = picture.children;
  first.textContent = title;
  second.textContent = description;
  return picture;
}

/** Marks of Lit, and the spaces between elements. */
function removeGaps(picture: SVGSVGElement): void {
  const walker = document.createTreeWalker(picture, NodeFilter.SHOW_COMMENT | NodeFilter.SHOW_TEXT);
  const gaps: ChildNode[] = [];
  while (walker.nextNode()) {
    const node = walker.currentNode as CharacterData;
    if (node.nodeType === Node.COMMENT_NODE || !node.data.trim()) gaps.push(node);
  }
  for (const node of gaps) node.remove();
}

let pen: CanvasRenderingContext2D | null = null;

/** How wide words are. */
export function textWidth(words: string, size = 13, weight = 400): number {
  pen ??= document.createElement('canvas').getContext('2d');
  if (!pen) return words.length * size * 0.6;
  pen.font = `${weight} ${size}px ${family}`;
  return pen.measureText(words).width;
}
