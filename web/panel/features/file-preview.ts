import { FigureCard } from '../../plots/figure-card';
import type { FileContent } from '../panel-files';

/** A file as a picture; null where its content is none. */
export async function pictureOf(name: string, content: FileContent): Promise<HTMLElement | null> {
  const blob = new Blob([content as BlobPart]);
  if (/\.svg$/i.test(name)) return svgPicture(name, await blob.text());
  const bitmap = await createImageBitmap(blob).catch(() => null);
  if (!bitmap) return null;
  // Drawn, not linked: an image address would need the page's policy to allow it.
  const canvas = document.createElement('canvas');
  canvas.className = 'picture';
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', name);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  return canvas;
}

function svgPicture(name: string, svg: string): HTMLElement | null {
  const card = new FigureCard(0, () => {}, document.createElement('figure'));
  card.set({ kind: 'figure', id: null, svg, title: name });
  card.draw();
  return card.isDrawn ? card.boxed() : null;
}
