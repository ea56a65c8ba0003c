import { isolateHistory } from '@codemirror/commands';
import { Compartment, EditorState, type StateEffect, type TransactionSpec } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { Editor, EditorOptions, Failure } from './editor';
import { clearFailure, failureEffect, hasFailure } from './error-mark';
import { type Assistant, extensionsOf } from './extensions';
import { languageToLoad } from './languages';

interface Document {
  /** As it was when it was last shown. */
  state: EditorState;
  left: number;
  top: number;
}

/** The editor of the program and of the files beside it: CodeMirror. */
export class CodeEditor implements Editor {
  private readonly view: EditorView;
  private readonly documents = new Map<string, Document>();
  private readonly access = new Compartment();
  private readonly places = { language: new Compartment(), assistance: new Compartment() };
  private assistant: Assistant;
  /** The reader has asked for names before they can be offered. */
  private asksForNames = false;
  private shown: string;

  constructor(private readonly options: EditorOptions) {
    const { name, doc, root, parent } = options;
    this.shown = name;
    this.view = new EditorView({ root, state: this.add(name, doc).state });
    parent.append(this.view.dom);
    for (const event of ['focusin', 'pointerenter'])
      this.view.dom.addEventListener(event, () => void this.loadAssistance(), { once: true });
  }

  get code(): string {
    return this.textOf(this.options.name) ?? '';
  }

  set code(code: string) {
    const { name } = this.options;
    if (this.shown === name) this.assistant?.closeNotes(this.view);
    const { state } = this.add(name, code);
    if (this.shown === name) this.view.setState(state);
  }

  replace(code: string): void {
    this.edit(this.options.name, code);
  }

  open(name: string, text: string): void {
    if (name !== this.shown) {
      // They would look for their places in the other text.
      this.assistant?.closeNotes(this.view);
      this.keep();
      const { state, left, top } = this.documents.get(name) ?? this.add(name, text);
      this.shown = name;
      this.view.setState(state);
      this.scrollTo(left, top);
    }
    if (this.textOf(name) !== text) this.edit(name, text);
  }

  close(name: string): void {
    const main = this.options.name;
    if (name === main || !this.documents.has(name)) return;
    if (name === this.shown) this.open(main, this.code);
    this.documents.delete(name);
  }

  rename(from: string, to: string): void {
    const text = this.textOf(from);
    if (text === undefined) return;
    if (from === this.options.name) this.options.name = to;
    this.documents.delete(from);
    const { state } = this.add(to, text);
    if (this.shown !== from) return;
    this.assistant?.closeNotes(this.view);
    this.shown = to;
    this.view.setState(state);
  }

  textOf(name: string): string | undefined {
    return this.stateOf(name)?.doc.toString();
  }

  markError(failure: Failure | null, name = this.options.name): void {
    if (!failure) {
      for (const each of this.documents.keys()) this.update(each, { effects: clearFailure });
      return;
    }
    const doc = this.stateOf(name)?.doc;
    if (!doc) return;
    const effects: StateEffect<unknown>[] = [failureEffect(doc, failure)];
    const { from } = doc.line(Math.max(1, Math.min(failure.line, doc.lines)));
    if (name === this.shown) effects.push(EditorView.scrollIntoView(from, { y: 'center' }));
    this.update(name, { effects });
  }

  setReadOnly(readOnly: boolean): void {
    if (readOnly === this.options.readOnly) return;
    this.options.readOnly = readOnly;
    const effects = this.access.reconfigure(EditorState.readOnly.of(readOnly));
    for (const name of this.documents.keys()) this.update(name, { effects });
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

  private stateOf(name: string): EditorState | undefined {
    return name === this.shown ? this.view.state : this.documents.get(name)?.state;
  }

  /** Changes a document, whether it is shown or not. */
  private update(name: string, change: TransactionSpec): void {
    const document = this.documents.get(name);
    if (name === this.shown) this.view.dispatch(change);
    else if (document) document.state = document.state.update(change).state;
  }

  private edit(name: string, text: string): void {
    const length = this.stateOf(name)?.doc.length ?? 0;
    this.update(name, { changes: { from: 0, to: length, insert: text }, annotations: isolateHistory.of('full') });
    if (name !== this.shown) this.options.onChange(name);
  }

  /** Keeps what is shown as it is now. */
  private keep(): void {
    const { scrollLeft: left, scrollTop: top } = this.view.scrollDOM;
    this.documents.set(this.shown, { state: this.view.state, left, top });
  }

  private add(name: string, text: string): Document {
    const { options, access, places } = this;
    const extensions = [
      access.of(EditorState.readOnly.of(options.readOnly)),
      extensionsOf(
        name,
        places,
        options,
        () => this.assistant,
        () => {
          this.asksForNames = true;
          return true;
        },
      ),
      EditorView.updateListener.of(({ docChanged, view }) => {
        if (!docChanged) return;
        if (hasFailure(view.state)) view.dispatch({ effects: clearFailure });
        options.onChange(name);
      }),
    ];
    const document = { state: EditorState.create({ doc: text, extensions }), left: 0, top: 0 };
    this.documents.set(name, document);
    void this.loadLanguage(name);
    return document;
  }

  private async loadLanguage(name: string): Promise<void> {
    const loaded = await languageToLoad(name).catch(() => null);
    if (loaded) this.update(name, { effects: this.places.language.reconfigure(loaded) });
  }

  /** Without it one can still write and run. */
  private async loadAssistance(): Promise<void> {
    const { doc } = this.view.state;
    const loaded = await import('./assistance').catch(() => undefined);
    if (!loaded || this.assistant) return;
    this.assistant = loaded;
    for (const name of this.documents.keys())
      this.update(name, { effects: this.places.assistance.reconfigure(loaded.assistance(name, this.options)) });
    if (this.asksForNames || this.view.state.doc !== doc) loaded.offerNames(this.view, this.asksForNames);
  }
}
