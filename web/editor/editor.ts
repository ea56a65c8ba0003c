import type { Help } from './help';

/** What the panel asks of an editor: the plain one that is there at once, and the one that takes its place. */
export interface Editor {
  /** The program. Setting it forgets the undo history: another program, not an edit. */
  code: string;
  /** Replaces the program as an edit that undo takes back. */
  replace(code: string): void;
  /** Shows a document, the program by its name too. One that is open already stays as it is where it has this text; else it gets it by an edit. */
  open(name: string, text: string): void;
  /** Forgets a document. The program stays, and is shown in place of one that was. */
  close(name: string): void;
  /** Gives a document another name, and the language of its ending. */
  rename(from: string, to: string): void;
  /** The text of a document that is open. */
  textOf(name: string): string | undefined;
  /** Marks what failed, in the program or in another open document, and scrolls to it where it is shown; null takes all marks away. */
  markError(failure: Failure | null, name?: string): void;
  /** Whether the reader may only read; `replace` still works. */
  setReadOnly(readOnly: boolean): void;
  /** Puts the cursor at the start of a line (1-based), where it is seen, and the focus into the editor. */
  goTo(line: number): void;
  focus(): void;
}

/** What to mark: a line from 1, and of it columns from 0 where they are known. */
export interface Failure {
  line: number;
  column?: number | null;
  endLine?: number | null;
  endColumn?: number | null;
  message: string;
}

export interface EditorOptions {
  parent: HTMLElement;
  /** The shadow root that the editor lives in. */
  root: ShadowRoot;
  /** Name of the program; its ending tells the language. */
  name: string;
  doc: string;
  readOnly: boolean;
  /** Id of the element that tells how to leave the editor by keyboard. */
  describedBy: string;
  /** Who knows about Python programs. */
  help?: Help;
  onRun: () => void;
  /** The text of a document changed, by the reader or by an edit of the page. */
  onChange: (name: string) => void;
  /** Tab moves on (after Escape) or indents. */
  onTabMode: (leaves: boolean) => void;
}

/** How readers of the screen hear of a document. */
export function editorLabel(name: string): string {
  const language = /\.py$/i.test(name) ? 'Python program' : /\.[cm]?js$/i.test(name) ? 'JavaScript program' : 'text';
  return `${name}, ${language}`;
}
