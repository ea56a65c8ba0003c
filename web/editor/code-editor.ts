import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { python } from '@codemirror/lang-python';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState, Prec } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { errorLine, markLine } from './error-line';
import { theme } from './theme';

export interface CodeEditorOptions {
  parent: HTMLElement;
  /** The shadow root that the editor lives in. */
  root: ShadowRoot;
  doc: string;
  /** Id of the element that tells how to leave the editor by keyboard. */
  describedBy: string;
  onRun: () => void;
  onChange: () => void;
  /** Tab moves on (after Escape) or indents. */
  onTabMode: (leaves: boolean) => void;
}

/** The editor of main.py. */
export class CodeEditor {
  private readonly view: EditorView;

  constructor(private readonly options: CodeEditorOptions) {
    this.view = new EditorView({ parent: options.parent, root: options.root, state: this.freshState(options.doc) });
  }

  get code(): string {
    return this.view.state.doc.toString();
  }

  /** Replaces the text and forgets the undo history: another program, not an edit. */
  set code(code: string) {
    this.view.setState(this.freshState(code));
  }

  /** Replaces the text as an edit that undo takes back. */
  replace(code: string): void {
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: code } });
  }

  /** Marks a line (1-based) as failed and scrolls to it; null takes the mark away. */
  markError(line: number | null): void {
    markLine(this.view, line);
  }

  focus(): void {
    this.view.focus();
  }

  destroy(): void {
    this.view.destroy();
  }

  private freshState(doc: string): EditorState {
    return EditorState.create({ doc, extensions: this.extensions() });
  }

  private extensions() {
    const { describedBy, onRun, onChange } = this.options;
    const run = () => {
      onRun();
      return true;
    };
    return [
      Prec.highest(keymap.of([{ key: 'Mod-Enter', run, preventDefault: true }])),
      this.tabFocus(),
      lineNumbers(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      highlightSelectionMatches(),
      history(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      indentUnit.of('    '),
      EditorState.tabSize.of(4),
      python(),
      theme,
      errorLine,
      keymap.of([indentWithTab, ...searchKeymap, ...historyKeymap, ...defaultKeymap]),
      EditorView.contentAttributes.of({ 'aria-label': 'main.py, Python program', 'aria-describedby': describedBy }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) onChange();
      }),
    ];
  }

  /** Escape makes Tab leave the editor until the next other key or the next visit. */
  private tabFocus() {
    const set = (view: EditorView, leaves: boolean) => {
      view.setTabFocusMode(leaves);
      this.options.onTabMode(leaves);
    };
    const passing = new Set(['Escape', 'Tab', 'Shift']);
    return EditorView.domEventHandlers({
      keydown: (event, view) => {
        if (event.key === 'Escape') set(view, true);
        else if (!passing.has(event.key)) set(view, false);
        return false;
      },
      blur: (_event, view) => set(view, false),
    });
  }
}
