/**
 * A program in a link: code, files and settings in the part of an address that browsers send to nobody.
 *
 *     https://host/unroll/#unroll=1.eNqrVkrOT0lV…
 *
 * `1` is the version of the format. Behind the dot: base64url of what zlib (which has a checksum) makes of the code,
 * the settings and the list of the files as JSON, a zero byte, and the files' bytes one after the other.
 *
 * What a link holds was written by anybody. It is shown, never run by itself, and runs with `isolated` only.
 */

/** A program with all that belongs to it. */
export interface Shared {
  code: string;
  files: Record<string, string | Uint8Array>;
  settings: SharedSettings;
  /** What stands beside the program of an exercise; links to the playground have none. */
  parts?: HiddenPart[];
}

const hidden = ['setup', 'check', 'solution', 'hint', 'stdin'] as const;
/** A part of a panel that its author wrote beside the program. */
export type HiddenPart = [name: (typeof hidden)[number], text: string];

/** What a link may say of the panel; what it does not say is as the page has it. */
export interface SharedSettings {
  lang?: 'python' | 'javascript';
  layout?: 'stacked' | 'side';
  /** Names of real packages, or addresses of wheels. */
  packages?: string[];
  /** What `random.seed` and `torch.manual_seed` get before the program. */
  seed?: number;
  title?: string;
}

/** Why a link could not be read or made, as a sentence for the reader. */
export class LinkError extends Error {
  name = 'LinkError';
}

/** The most characters of a link: what a cell of a spreadsheet holds, and most chats and mail programs leave whole. */
export const longestLink = 32_000;

/** Bytes that a link may unpack to: 32,000 characters of zeros would be more than a page can bear. */
const mostBytes = 4_000_000;

const version = '1';
const mark = 'unroll=';

interface Head {
  code: string;
  settings: SharedSettings;
  parts?: HiddenPart[];
  files: [name: string, bytes: number, kind: 'text' | 'bytes'][];
}

/** Whether an address's hash holds a program, whole or not. */
export function isLink(hash: string): boolean {
  return hash.replace(/^#/, '').startsWith(mark);
}

/** The hash that holds a program, with its `#`. */
export async function packHash({ code, files, settings, parts }: Shared): Promise<string> {
  const encoder = new TextEncoder();
  const entries = Object.entries(files).map(([name, content]) => {
    const isText = typeof content === 'string';
    return { name, kind: isText ? 'text' : 'bytes', bytes: isText ? encoder.encode(content) : content } as const;
  });
  const list: Head['files'] = entries.map(({ name, bytes, kind }) => [name, bytes.length, kind]);
  const head: Head = { code, settings, ...(parts?.length && { parts }), files: list };
  const pieces = [encoder.encode(`${JSON.stringify(head)}\0`), ...entries.map(({ bytes }) => bytes)];
  const packed = new Blob(pieces as BlobPart[]).stream().pipeThrough(new CompressionStream('deflate'));
  return `#${mark}${version}.${toBase64(new Uint8Array(await new Response(packed).arrayBuffer()))}`;
}

/** A link to `page` (an address) with a program in it. Rejects with a LinkError where that would be too long. */
export async function makeLink(shared: Shared, page: string): Promise<string> {
  const link = new URL(await packHash(shared), page).href;
  if (link.length > longestLink)
    throw new LinkError(
      `This program is too long for a link: it would have ${link.length.toLocaleString('en')} characters, and programs that pass links on cut them behind ${longestLink.toLocaleString('en')}. ${biggest(shared)}Or download the program and send the file.`,
    );
  return link;
}

/** The program in an address's hash; null where there is none. Rejects with a LinkError where it cannot be read. */
export async function readLink(hash = location.hash): Promise<Shared | null> {
  if (!isLink(hash)) return null;
  const [given, text = ''] = hash.replace(/^#/, '').slice(mark.length).split('.', 2);
  if (given !== version)
    throw new LinkError(
      /^\d+$/.test(given)
        ? `This link was made by another version of Unroll (format ${given}; this page reads format ${version}). Reload the page, or ask for a new link.`
        : broken,
    );
  const bytes = await unpack(text);
  const end = bytes.indexOf(0);
  if (end < 0) throw new LinkError(broken);
  return checked(parsed(bytes.subarray(0, end)), bytes.subarray(end + 1));
}

const broken = 'This link is incomplete: a part of it is missing or was changed on the way. Ask for the link again.';

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new LinkError(broken);
  }
}

/** Takes what has the right type and refuses the rest: a link is input from outside. */
function checked(head: unknown, bytes: Uint8Array): Shared {
  const { code, files, settings, parts } = (head ?? {}) as Partial<Head>;
  if (typeof code !== 'string' || !Array.isArray(files)) throw new LinkError(broken);
  let start = 0;
  const contents = files.map((entry): [string, string | Uint8Array] => {
    const [name, length, kind] = Array.isArray(entry) ? entry : [];
    if (typeof name !== 'string' || typeof length !== 'number' || !(length >= 0)) throw new LinkError(broken);
    if (!isInside(name)) throw new LinkError(`This link holds a file with a name that no program can use: "${name}".`);
    const content = bytes.slice(start, start + length);
    if (content.length < length) throw new LinkError(broken);
    start += length;
    return [name, kind === 'text' ? new TextDecoder().decode(content) : content];
  });
  const shared = { code, files: Object.fromEntries(contents), settings: checkedSettings(settings ?? {}) };
  const beside = checkedParts(parts);
  return beside.length > 0 ? { ...shared, parts: beside } : shared;
}

function checkedSettings({ lang, layout, packages, seed, title }: SharedSettings): SharedSettings {
  return {
    ...((lang === 'python' || lang === 'javascript') && { lang }),
    ...((layout === 'stacked' || layout === 'side') && { layout }),
    ...(Array.isArray(packages) && { packages: packages.filter(isPackage).slice(0, 50) }),
    ...(Number.isSafeInteger(seed) && (seed as number) >= 0 && { seed }),
    ...(typeof title === 'string' && { title: title.slice(0, 200) }),
  };
}

function checkedParts(parts: unknown): HiddenPart[] {
  if (!Array.isArray(parts)) return [];
  return parts.filter((part) => Array.isArray(part) && hidden.includes(part[0]) && typeof part[1] === 'string');
}

const isPackage = (name: unknown) => typeof name === 'string' && /^[^\s,]{1,200}$/.test(name);
const isInside = (name: string) => name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

async function unpack(text: string): Promise<Uint8Array> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  try {
    const unpacked = new Blob([fromBase64(text)]).stream().pipeThrough(new DecompressionStream('deflate'));
    const reader = unpacked.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > mostBytes) {
        void reader.cancel().catch(() => {});
        throw new LinkError('This link holds more than a panel takes (4 MB). It was not made by Unroll.');
      }
      chunks.push(value as Uint8Array<ArrayBuffer>);
    }
  } catch (error) {
    throw error instanceof LinkError ? error : new LinkError(broken);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/** What takes the most place, so that the reader knows what to leave out. */
export function biggest({ code, files }: Shared): string {
  const sizes = Object.entries(files).map(([name, { length }]) => ({ name, length }));
  const [first] = sizes.sort((a, b) => b.length - a.length);
  return first && first.length > code.length ? `Its largest part is ${first.name}: remove it, or shorten it. ` : '';
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}
