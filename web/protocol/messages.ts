import type { KeptFiles } from './kept-files';

/** What the page and the worker say to each other. */

/** A file of the program's working folder: its name (may hold folders) and what is in it. */
export type FileEntry = [name: string, data: Uint8Array | string];

/** Text that a program wrote. */
export interface TextPart {
  kind: 'stdout' | 'stderr';
  text: string;
}

/** A line that the reader gave the program, as a terminal shows it. */
export interface InputPart {
  kind: 'input';
  text: string;
}

/** A picture: shown where the text stands, or in place of this run's earlier one with the same id. */
export interface FigurePart {
  kind: 'figure';
  id: string | null;
  svg: string;
  title: string;
  /** What it is drawn from, where the program says it. */
  data?: Series[];
}

/** Values of a figure, for those who want or need a table. */
export interface Series {
  name: string;
  x: (number | string | null)[];
  y: (number | string | null)[];
}

/** A point of the live plot; without a value there is a gap in the line. */
export type Point = [tag: string, step: number | null, value: number | null];

export interface PointsPart {
  kind: 'points';
  points: Point[];
}

/** A line of the panel's own, which no program wrote. */
export interface NotePart {
  kind: 'note';
  text: string;
}

/** Output that was left out here, because a program wrote more than a page can take: characters of the streams, pictures, points. */
export interface GapPart {
  kind: 'gap';
  stdout: number;
  stderr: number;
  figures: number;
  points: number;
}

/** A piece of output, in the order in which the program made it. */
export type OutputPart = TextPart | InputPart | FigurePart | PointsPart | NotePart | GapPart;

/** A real package that a program needs; see unroll/imports.py. */
export interface Need {
  package: string;
  /** The name that the small package lacks; null where the program or the page asks for the package itself. */
  used: string | null;
  /** Whether there is a small package to go on with. */
  small: boolean;
  /** Whether the program may do without. */
  optional: boolean;
}

/** The real packages that a worker starts with. */
export interface PackageRequest {
  /** Names as in the index, or addresses of wheels. */
  names: string[];
  /** Folder with pyodide-lock.json and the wheels, with a slash at the end; null for Pyodide's own. */
  index: string | null;
}

/** What became of a request. */
export interface PackageReport {
  /** The host that they came from. */
  from: string;
  loaded: { name: string; version: string }[];
  /** Why the others are not there, a sentence without its end. */
  missing: { name: string; reason: string }[];
}

/** How far the start is: a stage in words, and bytes of all downloads while they run. */
export interface Progress {
  stage: 'download' | 'python' | 'torch' | 'packages';
  loaded: number;
  total: number;
  /** The packages that are on their way. */
  names?: string[];
}

/** A part of a file: lines from 1, columns from 0 as JavaScript counts; null where Python does not know. */
export interface ErrorPlace {
  file: string;
  line: number;
  column: number | null;
  endLine: number | null;
  endColumn: number | null;
}

/** Why a program ended early. `line` is the line of main.py to look at, null where there is none. */
export interface ProgramError {
  type: string;
  message: string;
  line: number | null;
  /** The expression that failed, in main.py or in a module beside it. */
  place?: ErrorPlace | null;
  traceback: string;
  /** For the errors of beginners: what it means and what to do. Code in it stands between backticks. */
  hint?: string;
}

/** What goes around a program. */
export interface Around {
  /** Hidden code before and after the program; see unroll/exercise.py. */
  setup?: string;
  check?: string;
  /** Name of the session that it runs in, see unroll/sessions.py; without one it has a namespace of its own. */
  session?: string | null;
  /** Whether that session is to begin anew. */
  fresh?: boolean;
  /** The program's name in tracebacks where it is not main.py. */
  name?: string;
  /** Other programs of its session: the worker starts with the packages that these need, too. */
  beside?: string[];
  /** What the random streams start from before the setup; null or left out: random numbers as they come. */
  seed?: number | null;
  /** Lines for `input()`; null or left out: the reader is asked while the program runs, where that is possible. */
  stdin?: string | null;
}

/** What the hidden code after a program found. */
export interface Verdict {
  /** 'error': the check itself is broken. */
  status: 'passed' | 'failed' | 'error';
  /** The author's words; may be empty where it passed. */
  message: string;
  /** Where the program or the check broke; else empty. */
  traceback: string;
}

/** How a program ended, as the worker tells it. */
export interface Outcome {
  status: 'ok' | 'error' | 'stopped';
  /** Only of a program with a check, and only where it ended well. */
  check?: Verdict;
  error: ProgramError | null;
  seconds: number;
  /** Files that the program made or changed, and names of those that it deleted. */
  changed: FileEntry[];
  removed: string[];
}

/** What a started worker leaves with the page so that the next one starts in a fraction of the time. */
export interface Keepsake {
  /** Python's memory just after the start; null where Pyodide could not make one. */
  snapshot: Uint8Array<ArrayBuffer> | null;
  /** Compiled WebAssembly and the bytes of other downloads, by address. */
  files: KeptFiles;
  /** What a snapshot made by this start fits, to keep it for the next visit; null where the storage has it. */
  version: string | null;
}

/** What the page asks of an idle Python; `kind` names the function that answers, the rest is for it. See unroll/assist.py. */
export interface Question {
  kind: string;
  [detail: string]: unknown;
}

/** An answer: what JSON can hold, and bytes beside it. */
export interface Answer {
  json: unknown;
  bytes: Uint8Array<ArrayBuffer>[];
}

/** The engine's builds: relaxed SIMD with its fused multiply-add, and the one for browsers without it. */
export type Variant = 'simd' | 'relaxed';

export type ToWorker =
  | {
      type: 'start';
      /** Address of the site's folder, with a slash at its end. */
      site: string;
      /** The engine's build; null for the best that this browser runs. */
      variant: Variant | null;
      keepsake: Keepsake | null;
      /** Memory of a `Mailbox`, on an isolated page. */
      mailbox: SharedArrayBuffer | null;
      /** Whether Python may wait for promises where the browser can do that (JSPI). */
      suspend: boolean;
      packages: PackageRequest | null;
    }
  /** `packages` is what the page asks for; null: run with what is there. */
  | { type: 'run'; id: number; code: string; files: FileEntry[]; packages: PackageRequest | null; around: Around }
  /** The program that runs is to end. */
  | { type: 'interrupt' }
  /** What the reader typed, with its line's end; '' is the end of the input. */
  | { type: 'line'; text: string }
  /** Output of this size has come. */
  | { type: 'taken'; size: number }
  | { type: 'ask'; id: number; question: Question };

export type FromWorker =
  | { type: 'progress'; progress: Progress }
  /** `waits`: whether programs can wait for promises. */
  | { type: 'ready'; keepsake: Keepsake | null; packages: PackageReport | null; waits: boolean }
  | { type: 'failed'; message: string }
  /** The program needs other packages than the worker has: it is to start again with them. */
  | { type: 'needs'; id: number; needs: Need[] }
  /** An earlier program left what only another worker is free of. */
  | { type: 'spent'; id: number }
  /** All that the program needs is there, and its first line is next. */
  | { type: 'begun'; id: number }
  /** The page says when it has taken output, whose size is in characters. */
  | { type: 'output'; id: number; parts: OutputPart[]; size: number }
  /** The program waits for a line. */
  | { type: 'input'; id: number; prompt: string }
  | { type: 'done'; id: number; outcome: Outcome }
  | { type: 'answer'; id: number; answer: Answer | null }
  | { type: 'crashed'; id: number; message: string };
