import type { ProgramError } from '../../protocol/messages';
import { hintFor } from './hints';
import type { Linker } from './linker';
import { outline } from './syntax';

/** A mistake that is found before the program runs, with its place. */
export class LearnerError extends Error {
  constructor(
    override readonly name: string,
    message: string,
    readonly file: string,
    readonly line: number,
  ) {
    super(message);
  }
}

interface Frame {
  file: string;
  line: number;
  column: number;
  /** The function, where the browser tells it. */
  name: string;
}

/** The frames of a stack that lie in the program's own files, the innermost first. */
function framesOf(stack: string, linker: Linker): Frame[] {
  const frames: Frame[] = [];
  for (const text of stack.split('\n')) {
    const [, address, line, column] = /(blob:[^\s)]+?):(\d+):(\d+)/.exec(text) ?? [];
    const file = linker.names.get(address);
    // What the panel put behind the program is not the learner's.
    const lines = file === undefined ? 0 : (linker.sources.get(file) ?? '').split('\n').length;
    if (file === undefined || Number(line) > lines) continue;
    const [, chrome] = /^\s*at (?:async )?(.+?) \(/.exec(text) ?? [];
    const [, others] = /^(.+?)@/.exec(text) ?? [];
    const name = (chrome ?? others ?? '').replace(/^(module code|\[object Object\]\.)/, '');
    const ahead = line === '1' ? (linker.ahead.get(file) ?? 0) : 0;
    frames.push({ file, line: Number(line), column: Number(column) - ahead, name });
  }
  return frames;
}

/** The line with a mark below the place, as Node shows it. */
function excerpt({ file, line, column }: Frame, linker: Linker): string {
  const text = linker.sources.get(file)?.split('\n')[line - 1];
  if (text === undefined || text.length > 200) return '';
  const mark = column > 0 ? `${text.slice(0, column - 1).replace(/[^\t]/g, ' ')}^\n` : '';
  return `${file}:${line}\n${text}\n${mark}\n`;
}

/** How messages name an error: by its own name, or its class where that says more. */
const typeOf = (error: Error) =>
  error.name === 'Error' && error.constructor.name.length > 2 ? error.constructor.name : error.name;

/** An error as the page shows it: with the learner's own places only. */
export function describe(thrown: unknown, linker: Linker, main: string): ProgramError {
  if (!(thrown instanceof Error)) return plain(thrown);
  const type = typeOf(thrown);
  const place = placeOf(thrown, linker);
  const frames = place ? [place] : framesOf(thrown.stack ?? '', linker);
  const message = readable(thrown.message, linker);
  const lines = frames.map(({ file, line, column, name }) => {
    const where = `${file}:${line}${column ? `:${column}` : ''}`;
    return `    at ${name ? `${name} (${where})` : where}\n`;
  });
  const [first] = frames;
  const source = first ? (linker.sources.get(first.file) ?? '') : '';
  const cause = thrown.cause instanceof Error ? `Caused by ${describe(thrown.cause, linker, main).traceback}` : '';
  return {
    type,
    message,
    line: frames.find(({ file }) => file === main)?.line ?? null,
    traceback: `${first ? excerpt(first, linker) : ''}${type}${message ? `: ${message}` : ''}\n${lines.join('')}${cause}`,
    hint: first && hintFor(type, message, source, first.line),
  };
}

function plain(thrown: unknown): ProgramError {
  const message = String(thrown);
  return { type: 'Uncaught', message, line: null, traceback: `Uncaught ${message}\n` };
}

/** Where a program is wrong that could not even be read; null for one that ran. */
function placeOf(error: Error, linker: Linker): Frame | null {
  if (error instanceof LearnerError) return { file: error.file, line: error.line, column: 0, name: '' };
  if (!(error instanceof SyntaxError) || framesOf(error.stack ?? '', linker).length > 0) return null;
  // Firefox and Safari say the line, Chromium does not.
  const { fileName, lineNumber, sourceURL, line } = error as unknown as Record<string, string | number | undefined>;
  const known = linker.names.get(String(fileName ?? sourceURL));
  const told = Number(lineNumber ?? line);
  if (known && told > 0) return { file: known, line: told, column: 0, name: '' };
  for (const [file, source] of [...linker.sources].reverse()) {
    const found = outline(source).line ?? missingExport(error.message, source);
    if (found !== null) return { file, line: found, column: 0, name: '' };
  }
  return null;
}

/** The line that imports a name which its module does not have. */
function missingExport(message: string, source: string): number | null {
  const [, name] = /export named '([^']+)'/.exec(message) ?? [];
  if (!name) return null;
  const place = source.search(new RegExp(`\\bimport\\b[^;'"]*\\b${name}\\b`));
  return place < 0 ? null : source.slice(0, place).split('\n').length;
}

/** A message with the names of files in the place of addresses. */
function readable(message: string, linker: Linker): string {
  return message.replace(/'?(blob:[^\s'"]+)'?/g, (_, address) => `'${linker.names.get(address) ?? 'unroll'}'`);
}
