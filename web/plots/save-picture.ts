/** Pictures as files of the reader. */

/** The picture as a file of its own: on white paper with black ink, whatever the page looks like. */
export function svgText(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const { width, height } = pictureSize(svg);
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.setAttribute('color', '#000');
  copy.style.setProperty('--unroll-paper', '#fff');
  return new XMLSerializer().serializeToString(copy);
}

/** The picture as PNG, `scale` pixels for each of its units. Rejects where the page's policy forbids images. */
export async function pngOf(svg: SVGSVGElement, scale = 2): Promise<Blob> {
  const { width, height } = pictureSize(svg);
  const sharpness = Math.min(scale, longestPng / width, longestPng / height);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(svg))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * sharpness);
  canvas.height = Math.round(height * sharpness);
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no PNG'))), 'image/png');
  });
}

/** Pixels of a picture's side, at most and at least. */
export const longest = 10_000;
const shortest = 8;
/** Pixels of a PNG's side, at most. */
const longestPng = 8192;

/** Width and height in CSS pixels. */
export function pictureSize(svg: SVGSVGElement): { width: number; height: number } {
  const [, , boxWidth = 0, boxHeight = 0] = (svg.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number);
  const [width, height] = ['width', 'height'].map((name) => inPixels(svg.getAttribute(name) ?? ''));
  const size = (wanted: number) => Math.min(longest, Math.max(shortest, wanted));
  return {
    width: size(width || (height * boxWidth) / boxHeight || boxWidth || 640),
    height: size(height || (width * boxHeight) / boxWidth || boxHeight || 480),
  };
}

/** Matplotlib measures in points. */
function inPixels(length: string): number {
  const [, number, unit] = /^([\d.]+)(px|pt|)$/.exec(length.trim()) ?? [];
  return number ? Number(number) * (unit === 'pt' ? 4 / 3 : 1) : 0;
}
