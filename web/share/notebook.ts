/**
 * Programs as notebooks and back. A program's cells are apart by lines `# %%`, as in VS Code and Spyder; Markdown is in
 * comments below `# %% [markdown]`.
 */

import { importsUnroll, standIn } from './notebook-stand-in';

type Files = Record<string, string | Uint8Array>;

interface Cell {
  kind: 'code' | 'markdown';
  text: string;
}

/** A notebook's cell as nbformat 4 has it. */
interface NotebookCell {
  cell_type?: string;
  source?: string | string[];
  metadata?: { tags?: string[] };
}

/** What marks a cell that is no part of the program: it puts in place what the panel has by itself. */
const filesTag = 'unroll-files';

/**
 * A program as a notebook (nbformat 4.5): its cells, before them those that install packages, write files, and stand for what the
 * panel has by itself. `before` is code that runs before the program, a cell each.
 */
export function toNotebook(code: string, files: Files = {}, packages: string[] = [], before: string[] = []): string {
  const texts = [code, ...before, ...modulesIn(files)];
  const first = [
    ...(packages.length > 0 ? [`# %pip install ${packages.join(' ')}`] : []),
    ...(Object.keys(files).length > 0 ? [writeFiles(files)] : []),
    ...(texts.some(importsUnroll) ? [standIn] : []),
    ...before,
  ];
  const cells = [
    ...first.map((text): Cell & { tags: string[] } => ({ kind: 'code', text, tags: [filesTag] })),
    ...cellsOf(code).map((cell) => ({ ...cell, tags: [] })),
  ];
  const notebook = {
    cells: cells.map(({ kind, text, tags }, i) => ({
      cell_type: kind,
      id: `cell-${i + 1}`,
      metadata: tags.length > 0 ? { tags } : {},
      source: text.split(/(?<=\n)/),
      ...(kind === 'code' && { execution_count: null, outputs: [] }),
    })),
    metadata: {
      kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
      language_info: { name: 'python' },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

/** The texts of the files that a program can import. */
function modulesIn(files: Files): string[] {
  const found = Object.entries(files).filter(([name]) => name.endsWith('.py'));
  return found.map(([, content]) => (typeof content === 'string' ? content : new TextDecoder().decode(content)));
}

/** A notebook as a program, with the files that it brings. Throws an Error with a sentence where it is no notebook. */
export function fromNotebook(text: string): { code: string; files: Files } {
  const cells = notebookCells(text);
  const isFiles = ({ metadata }: NotebookCell) => Array.isArray(metadata?.tags) && metadata.tags.includes(filesTag);
  const files = Object.assign({}, ...cells.filter(isFiles).map((cell) => readFiles(sourceOf(cell))));
  const shown = cells.filter((cell) => !isFiles(cell) && ['code', 'markdown'].includes(cell.cell_type ?? ''));
  const parts = shown.map((cell): Cell => ({ kind: cell.cell_type as Cell['kind'], text: sourceOf(cell) }));
  // A program that never had cells comes back without marks.
  const isPlain = parts.length === 1 && parts[0].kind === 'code';
  const code = isPlain ? parts[0].text : parts.map(toPercent).join('\n\n');
  return { code: code && !code.endsWith('\n') ? `${code}\n` : code, files };
}

function notebookCells(text: string): NotebookCell[] {
  let notebook: { nbformat?: number; cells?: unknown };
  try {
    notebook = JSON.parse(text);
  } catch {
    throw new Error('it is not a notebook: its text is not JSON');
  }
  if (notebook?.nbformat !== 4 || !Array.isArray(notebook.cells))
    throw new Error('it is not a notebook of format 4. Open it in Jupyter and save it there, then try again');
  return notebook.cells.filter((cell): cell is NotebookCell => typeof cell === 'object' && cell !== null);
}

const sourceOf = ({ source = '' }: NotebookCell) => (Array.isArray(source) ? source.join('') : String(source));

const mark = /^# ?%%(.*)$/;

/** The cells of a program: one without marks. */
function cellsOf(code: string): Cell[] {
  const cells: { kind: Cell['kind']; lines: string[] }[] = [{ kind: 'code', lines: [] }];
  for (const line of code.split('\n')) {
    const found = mark.exec(line);
    if (!found) cells.at(-1)?.lines.push(line);
    else if (/^\s*\[(markdown|md)\]/.test(found[1])) cells.push({ kind: 'markdown', lines: [] });
    else cells.push({ kind: 'code', lines: found[1].trim() ? [`# ${found[1].trim()}`] : [] });
  }
  const trimmed = cells.map(({ kind, lines }) => {
    const text = (kind === 'markdown' ? lines.map((line) => line.replace(/^# ?/, '')) : lines).join('\n');
    return { kind, text: text.replace(/^\n+|\s+$/g, '') };
  });
  const filled = trimmed.filter(({ text }) => text !== '');
  return filled.length > 0 ? filled : [{ kind: 'code', text: '' }];
}

function toPercent({ kind, text }: Cell): string {
  const lines = text.trimEnd().split('\n');
  if (kind === 'code') return `# %%\n${lines.join('\n')}`;
  return `# %% [markdown]\n${lines.map((line) => (line ? `# ${line}` : '#')).join('\n')}`;
}

/** Python that writes the files; each on a line of its own, so that `readFiles` finds them. */
function writeFiles(files: Files): string {
  const encoder = new TextEncoder();
  const lines = Object.entries(files).map(([name, content]) => {
    const bytes = typeof content === 'string' ? encoder.encode(content) : content;
    return `    ${JSON.stringify(name)}: "${base64(bytes)}",`;
  });
  return `# The files of this program.
import base64, pathlib
for name, data in {
${lines.join('\n')}
}.items():
    path = pathlib.Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(base64.b64decode(data))`;
}

function readFiles(cell: string): Files {
  const entries = [...cell.matchAll(/^ {4}("(?:[^"\\]|\\.)*"): "([A-Za-z0-9+/=]*)",$/gm)];
  return Object.fromEntries(
    entries.map(([, name, data]) => [JSON.parse(name), Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))]),
  );
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
