import type { Editor, EditorOptions, Failure } from './editor';
import { focusedElement, PlainDocument } from './plain-document';

/** What can take the place of the plain editor. */
interface Successor extends Editor {
  select(from: number, to: number): void;
  scrollTo(left: number, top: number): void;
}

/** Text areas: they show programs until CodeMirror is here, and take its place where it does not come. */
export class PlainEditor implements Editor {
  private readonly documents = new Map<string, PlainDocument>();
  private readonly main: PlainDocument;
  private shown: PlainDocument;
  /** What to mark, once it can be marked, by the name of its document. */
  private failures = new Map<string, Failure>();

  constructor(private readonly options: EditorOptions) {
    const { onChange } = options;
    this.options = {
      ...options,
      onChange: (name) => {
        this.failures.delete(name);
        onChange(name);
      },
    };
    this.main = this.shown = this.add(options.name, options.doc);
  }

  get code(): string {
    return this.main.text;
  }

  set code(code: string) {
    this.main.text = code;
  }

  replace(code: string): void {
    this.main.replace(code);
  }

  open(name: string, text: string): void {
    const document = this.documents.get(name) ?? this.add(name, text);
    this.show(document);
    if (document.text !== text) document.replace(text);
  }

  close(name: string): void {
    const document = this.documents.get(name);
    if (!document || document === this.main) return;
    if (document === this.shown) this.show(this.main);
    document.area.remove();
    this.documents.delete(name);
    this.failures.delete(name);
  }

  rename(from: string, to: string): void {
    const document = this.documents.get(from);
    if (!document) return;
    if (document === this.main) this.options.name = to;
    this.documents.delete(from);
    this.documents.set(to, document);
    document.name = to;
  }

  textOf(name: string): string | undefined {
    return this.documents.get(name)?.text;
  }

  markError(failure: Failure | null, name = this.options.name): void {
    if (failure) this.failures.set(name, failure);
    else this.failures.clear();
  }

  setReadOnly(readOnly: boolean): void {
    this.options.readOnly = readOnly;
    for (const { area } of this.documents.values()) area.readOnly = readOnly;
  }

  goTo(line: number): void {
    this.shown.goTo(line);
  }

  focus(): void {
    this.shown.area.focus();
  }

  /** Waits for the end of what another editor would cut off. */
  async settled(): Promise<void> {
    // By looking, since a tap has an end (:active) without an event of its own.
    while (this.shown.isBusy) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  /** Hands what is in it to another editor: texts with their edits as one step of undo, cursor, place, marks. */
  giveWay(make: (doc: string, name: string) => Successor): Editor {
    const { shown, main, failures } = this;
    const { selectionStart, selectionEnd, scrollLeft, scrollTop } = shown.area;
    const next = make(main.start, main.name);
    if (main.text !== main.start) next.replace(main.text);
    for (const document of [...this.documents.values()].filter((other) => other !== main)) {
      next.open(document.name, document.start);
      next.open(document.name, document.text);
    }
    next.open(shown.name, shown.text);
    // Asking for less is faster: a page may have many editors, which all come when the reader wants to begin.
    if (selectionEnd > 0) next.select(selectionStart, selectionEnd);
    // Before the area goes: a phone's keyboard stays only if the focus is never lost.
    if (focusedElement() === shown.area) next.focus();
    for (const { area } of this.documents.values()) area.remove();
    for (const [name, failure] of failures) next.markError(failure, name);
    if (!failures.has(shown.name) && scrollLeft + scrollTop > 0) next.scrollTo(scrollLeft, scrollTop);
    return next;
  }

  private add(name: string, text: string): PlainDocument {
    const document = new PlainDocument(this.options, name, text);
    this.documents.set(name, document);
    return document;
  }

  private show(document: PlainDocument): void {
    for (const other of this.documents.values()) other.area.hidden = other !== document;
    this.shown = document;
  }
}
