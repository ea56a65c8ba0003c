import { type Editor, type EditorOptions, editorLabel } from './editor';

/** Tab of the keyboard, lines and letters stand where CodeMirror puts them, so nothing moves when it comes. */
const look = (code: string) => {
  const lines = code.split('\n').length;
  const digits = String(lines).length;
  return { height: `calc(${lines} * 1.6em + 28px)`, indent: `calc(max(2.4em, ${digits}ch + 24px) + 10px)` };
};

/** The element that the keyboard goes to, in whichever shadow tree. */
function focusedElement(): HTMLElement | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element as HTMLElement | null;
}

/** What can take the place of the plain editor. */
interface Successor extends Editor {
  select(from: number, to: number): void;
  scrollTo(left: number, top: number): void;
}

/** A text area: shows the program until CodeMirror is here, and takes its place where it does not come. */
export class PlainEditor implements Editor {
  private readonly area = document.createElement('textarea');
  /** The program as it was set, before the edits. */
  private start = '';
  /** The line to mark, once it can be marked. */
  private errorLine: number | null = null;
  private compositions = 0;
  /** Tab moves on; else it indents. */
  private tabLeaves = false;

  constructor(private readonly options: EditorOptions) {
    const { area } = this;
    area.className = 'plain';
    area.spellcheck = false;
    area.autocapitalize = 'off';
    area.wrap = 'off';
    area.ariaLabel = editorLabel;
    area.setAttribute('aria-describedby', options.describedBy);
    area.addEventListener('input', () => {
      this.fit();
      options.onChange();
    });
    area.addEventListener('keydown', (event) => this.onKey(event));
    area.addEventListener('blur', () => this.setTabLeaves(false));
    area.addEventListener('compositionstart', () => {
      this.compositions += 1;
    });
    // The last keys of a composition come after its end.
    area.addEventListener('compositionend', () => setTimeout(() => this.compositions--));
    this.code = options.doc;
    area.readOnly = options.readOnly;
    options.parent.append(area);
  }

  get code(): string {
    return this.area.value;
  }

  set code(code: string) {
    this.area.value = code;
    this.area.setSelectionRange(0, 0);
    this.start = this.code;
    this.fit();
  }

  replace(code: string): void {
    const { area } = this;
    const before = focusedElement();
    area.focus({ preventScroll: true });
    area.select();
    this.insert(code);
    area.setSelectionRange(0, 0);
    area.scrollTo(0, 0);
    if (before === area) return;
    area.blur();
    before?.focus({ preventScroll: true });
  }

  markError(line: number | null): void {
    this.errorLine = line;
  }

  setReadOnly(readOnly: boolean): void {
    this.options.readOnly = this.area.readOnly = readOnly;
  }

  goTo(line: number): void {
    const before = this.code.split('\n').slice(0, line - 1);
    const start = before.reduce((sum, text) => sum + text.length + 1, 0);
    this.area.focus();
    this.area.setSelectionRange(start, start);
    const height = this.area.scrollHeight / Math.max(1, this.code.split('\n').length);
    this.area.scrollTop = Math.max(0, height * (line - 1) - this.area.clientHeight / 2);
  }

  focus(): void {
    this.area.focus();
  }

  /** Waits for the end of what another editor would cut off: a word in an input method, a pressed pointer. */
  async settled(): Promise<void> {
    // By looking, since a tap has an end (:active) without an event of its own.
    while (this.compositions > 0 || this.area.matches(':active'))
      await new Promise((resolve) => setTimeout(resolve, 50));
  }

  /** Hands what is in it to another editor: the text with its edits as one step of undo, cursor, place, mark. */
  giveWay(make: (doc: string) => Successor): Editor {
    const { area, errorLine, code } = this;
    const { selectionStart, selectionEnd, scrollLeft, scrollTop } = area;
    const next = make(this.start);
    if (code !== this.start) next.replace(code);
    next.select(selectionStart, selectionEnd);
    // Before the area goes: a phone's keyboard stays only if the focus is never lost.
    if (focusedElement() === area) next.focus();
    area.remove();
    if (errorLine) next.markError(errorLine);
    else next.scrollTo(scrollLeft, scrollTop);
    return next;
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.options.onRun();
    } else if (event.key === 'Tab' && !this.tabLeaves && !this.area.readOnly) {
      event.preventDefault();
      this.indent(event.shiftKey);
    } else if (!['Tab', 'Shift'].includes(event.key)) this.setTabLeaves(event.key === 'Escape');
  }

  private setTabLeaves(leaves: boolean): void {
    this.tabLeaves = leaves;
    this.options.onTabMode(leaves);
  }

  /** Moves the selected lines four spaces to the right, or back. */
  private indent(back: boolean): void {
    const { area, code } = this;
    const { selectionStart, selectionEnd } = area;
    const from = code.slice(0, selectionStart).lastIndexOf('\n') + 1;
    const to = selectionEnd + code.slice(selectionEnd).search(/$/m);
    const move = (text: string) => (back ? text.replace(/^ {1,4}/gm, '') : text.replace(/^/gm, '    '));
    const moved = move(code.slice(from, to));
    if (moved === code.slice(from, to)) return;
    const first = move(code.slice(from, selectionStart)).length;
    const last = move(code.slice(from, selectionEnd)).length;
    area.setSelectionRange(from, to);
    this.insert(moved);
    area.setSelectionRange(from + first, from + last);
  }

  /** In place of the selection, as an edit that undo takes back, which an assigned value is not. */
  private insert(text: string): void {
    const { area } = this;
    // Without the focus the command would write somewhere else.
    if (focusedElement() === area && document.execCommand('insertText', false, text)) return;
    area.setRangeText(text);
    this.fit();
    this.options.onChange();
  }

  private fit(): void {
    const { height, indent } = look(this.code);
    this.area.style.height = height;
    this.area.style.paddingLeft = indent;
  }
}
