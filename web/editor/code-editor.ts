import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory } from '@codemirror/commands';
import { pythonLanguage } from '@codemirror/lang-python';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { Compartment, EditorState, Prec } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { type Editor, type EditorOptions, editorLabel } from './editor';
import { errorLine, markLine } from './error-line';
import { searchOnDemand } from './search-on-demand';
import { theme } from './theme';

/** The editor of main.py: CodeMirror. */
export class CodeEditor implements Editor {
  private readonly view: EditorView;
  private readonly access = new Compartment();

  constructor(private readonly options: EditorOptions) {
    this.view = new EditorView({ root: options.root, state: this.freshState(options.doc) });
    options.parent.append(this.view.dom);
  }

  get code(): string {
    return this.view.state.doc.toString();
  }

  set code(code: string) {
    this.view.setState(this.freshState(code));
  }

  replace(code: string): void {
    const changes = { from: 0, to: this.view.state.doc.length, insert: code };
    this.view.dispatch({ changes, annotations: isolateHistory.of('full') });
  }

  markError(line: number | null): void {
    markLine(this.view, line);
  }

  setReadOnly(readOnly: boolean): void {
    if (readOnly === this.options.readOnly) return;
    this.options.readOnly = readOnly;
    this.view.dispatch({ effects: this.access.reconfigure(EditorState.readOnly.of(readOnly)) });
  }

  goTo(line: number): void {
    const { doc } = this.view.state;
    const { from } = doc.line(Math.min(Math.max(1, line), doc.lines));
    this.view.focus();
    this.view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
  }

  focus(): void {
    this.view.focus();
  }

  select(from: number, to: number): void {
    this.view.dispatch({ selection: { anchor: from, head: to } });
  }

  scrollTo(left: number, top: number): void {
    // Only then does the editor know how long its text is.
    this.view.requestMeasure({ read: () => {}, write: () => this.view.scrollDOM.scrollTo(left, top) });
  }

  private freshState(doc: string): EditorState {
    return EditorState.create({ doc, extensions: this.extensions() });
  }

  private extensions() {
    const { describedBy, onRun, onChange, readOnly } = this.options;
    const run = () => {
      onRun();
      return true;
    };
    return [
      Prec.highest(keymap.of([{ key: 'Mod-Enter', run, preventDefault: true }])),
      this.tabFocus(),
      this.access.of(EditorState.readOnly.of(readOnly)),
      lineNumbers(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      searchOnDemand(),
      history(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      indentUnit.of('    '),
      EditorState.tabSize.of(4),
      // Without the completions of the language package, which this editor does not offer.
      pythonLanguage,
      theme,
      errorLine,
      keymap.of([indentWithTab, ...historyKeymap, ...defaultKeymap]),
      EditorView.contentAttributes.of({ tabindex: '0', 'aria-label': editorLabel, 'aria-describedby': describedBy }),
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
