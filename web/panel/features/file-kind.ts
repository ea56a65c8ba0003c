import { html, type TemplateResult } from 'lit';
import { icons } from '../../ui/icons';
import { saveFile } from '../../ui/save-file';
import { fileSize } from '../../ui/words';
import type { FileContent } from '../panel-files';

/** Files larger than this are not edited here. */
const mostText = 1_000_000;

/** What a tab can do with a file. */
export type Opened = { kind: 'text'; text: string } | { kind: 'picture' } | { kind: 'bytes'; why: string };

/** How a file opens: as text where it is some and not too long, as a picture, or else with what it is. */
export async function openedAs(name: string, content: FileContent): Promise<Opened> {
  if (isPicture(name)) return { kind: 'picture' };
  if (typeof content === 'string') {
    return content.length > mostText ? { kind: 'bytes', why: tooLong } : { kind: 'text', text: content };
  }
  const bytes = new Uint8Array(content instanceof Blob ? await content.arrayBuffer() : content);
  if (bytes.includes(0)) return { kind: 'bytes', why: 'This file is not text' };
  if (bytes.length > mostText) return { kind: 'bytes', why: tooLong };
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { kind: 'bytes', why: 'This file is not text' };
  }
}

/** Whether a file can be shown, by its name. */
const isPicture = (name: string) => /\.(svg|png|jpe?g|gif|webp)$/i.test(name);

const tooLong = 'This text is too long to edit here';

/** A picture, or what a file is; with a way to have it. */
export async function viewOf(name: string, content: FileContent, opened: Opened): Promise<TemplateResult> {
  const picture = opened.kind === 'picture' ? await pictureOf(name, content).catch(() => null) : null;
  const size = new Blob([content as BlobPart]).size;
  const why = opened.kind === 'bytes' ? opened.why : 'This picture cannot be shown';
  return html`
    ${picture ?? html`<p>${why} (${fileSize(size)}).</p>`}
    <button class="ghost save" type="button" @click=${() => save(name, content)}>${icons.drop}<span>Save</span></button>
  `;
}

async function pictureOf(name: string, content: FileContent): Promise<HTMLElement | null> {
  const preview = await import('./file-preview');
  return preview.pictureOf(name, content);
}

/** Hands a file to the reader. */
export function save(name: string, content: FileContent): void {
  saveFile(name.split('/').at(-1) ?? name, content as BlobPart);
}
