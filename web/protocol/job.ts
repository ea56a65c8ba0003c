import type { Around, FileEntry, Outcome, OutputPart, PackageRequest, ToWorker } from './messages';

/** A program to run, and who hears of it. */
export interface Job extends Around {
  code: string;
  files: Promise<FileEntry[]>;
  /** The real packages that the page asks for, and where all real ones come from. */
  packages: PackageRequest;
  /** Who wrote it, where that is a stranger: those of different ones never meet in one worker. */
  source?: string;
  /** It is this program's turn. */
  onStart?: () => void;
  /** It broke off for a reason that is not its own, and will be run from its start again: what it showed counts no more. */
  onAgain?: () => void;
  /** Its files and packages are there, and it begins. */
  onBegin?: () => void;
  /** Resolves when there is room for more. */
  onOutput?: (parts: OutputPart[]) => Promise<void> | undefined;
  /** The program waits for a line of the reader; null is the end of the input. */
  onInput?: (prompt: string) => Promise<string | null>;
}

/** How a program ended that has not come to run. */
export const stopped: Outcome = { status: 'stopped', error: null, seconds: 0, changed: [], removed: [] };

/** What tells a worker to run it. `packages` is null where it is to run with what is there. */
export function runMessage(id: number, job: Job, files: FileEntry[], packages: PackageRequest | null): ToWorker {
  const { code, setup, check, session, fresh, name, beside, seed, stdin } = job;
  const around = { setup, check, session, fresh, name, beside, seed, stdin };
  return { type: 'run', id, code, files, packages, around };
}
