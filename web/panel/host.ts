import type { Editor } from '../editor/editor';
import type { Answer, FileEntry, OutputPart, PackageRequest, Question } from '../protocol/messages';
import type { Runtime } from '../runtime/runtime';
import type { AuthorNotes } from './author-notes';
import type { Feature } from './feature';
import type { Session } from './features/session';
import type { PanelOptions } from './options';
import type { FileContent } from './panel-files';
import type { ProgramOutput } from './program-output';
import type { RunResult } from './run-controller';

/** What a feature may touch of its panel: the attributes (PanelOptions), and what stands here. */
export interface PanelHost extends PanelOptions {
  /** The program as it stands in the editor. Setting it is the author's doing. */
  code: string;
  /** Files that the program can open, by name. */
  files: Record<string, FileContent>;
  /** Addresses of files, as the attribute `files` has them. */
  readonly fileAddresses: string | null;
  /** Lines for `input()`, or null. */
  stdin: string | null;
  readonly programName: string;
  /** What tracebacks call the program. */
  readonly programLabel: string;
  isolated: boolean;
  readonly fromLink: boolean;
  /** Whether a program may start without the reader. */
  readonly mayRunItself: boolean;
  /** The panel that this one is a preview of. */
  readonly previewOf: PanelHost | undefined;

  /** Replaces the program as the reader would, by an edit. */
  edit(code: string): void;
  /** What `reset` comes back to; undefined until it has come. */
  readonly authorCode: string | undefined;
  /** Counts the author's programs that stood here. */
  readonly authorVersion: number;
  /** Whether program or files are other than the author gave them. */
  readonly isChanged: boolean;
  changedFiles(): Promise<[string, Uint8Array | string | null][]>;
  setChangedFiles(files: [string, FileContent | null][]): void;
  /** Adds a file as the reader would. */
  addFile(name: string, content: FileContent): void;
  readFiles(): Promise<FileEntry[]>;
  packageRequest(): PackageRequest;

  readonly isBusy: boolean;
  /** The result of the run that goes on, if one does. */
  readonly running: Promise<RunResult> | undefined;
  /** Never rejects. */
  run(): Promise<RunResult>;
  stop(): Promise<void>;
  reset(): void;
  /** Resets, after a question where the reader would lose something. */
  askReset(): Promise<void>;
  whenReady(): Promise<void>;
  /** Asks about what this panel's program left; null where that is gone. */
  inquire(question: Question): Promise<Answer | null>;

  /** Undefined until the panel has been drawn. */
  readonly editor: Editor | undefined;
  /** Undefined until the panel has been drawn. */
  readonly output: ProgramOutput | undefined;
  /** Writes into the output. */
  show(part: OutputPart): void;
  /** Says in the output that something could not be done. */
  complain(problem: string, kind?: 'stderr' | 'note'): Promise<void>;
  /** Something stands in the output that no run wrote. */
  leaveFresh(): void;
  /** Dispatches an event that bubbles out of the panel. */
  announce(type: string, detail: object): void;

  readonly features: Feature[];
  readonly notes: AuthorNotes;
  readonly session: Session;
  readonly runtime: Runtime;
}
