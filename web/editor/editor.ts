/** What the panel asks of an editor: the plain one that is there at once, and the one that takes its place. */
export interface Editor {
  /** The program. Setting it forgets the undo history: another program, not an edit. */
  code: string;
  /** Replaces the text as an edit that undo takes back. */
  replace(code: string): void;
  /** Marks a line (1-based) as failed and scrolls to it; null takes the mark away. */
  markError(line: number | null): void;
  /** Whether the reader may only read; `replace` still works. */
  setReadOnly(readOnly: boolean): void;
  /** Puts the cursor at the start of a line (1-based), where it is seen, and the focus into the editor. */
  goTo(line: number): void;
  focus(): void;
}

export interface EditorOptions {
  parent: HTMLElement;
  /** The shadow root that the editor lives in. */
  root: ShadowRoot;
  doc: string;
  readOnly: boolean;
  /** Id of the element that tells how to leave the editor by keyboard. */
  describedBy: string;
  onRun: () => void;
  onChange: () => void;
  /** Tab moves on (after Escape) or indents. */
  onTabMode: (leaves: boolean) => void;
}

/** How readers of the screen hear of it. */
export const editorLabel = 'main.py, Python program';
