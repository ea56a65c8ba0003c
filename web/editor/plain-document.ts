import { type EditorOptions, editorLabel } from './editor';

/** Tab of the keyboard, lines and letters stand where CodeMirror puts them, so nothing moves when it comes. */
const look = (code: string) => {
  const lines = code.split('\n').length;
  const digits = String(lines).length;
  return { height: `calc(${lines} * 1.6em + 28px)`, indent: `calc(max(2.4em, ${digits}ch + 24px) + 10px)` };
};

/** The element that the keyboard goes to, in whichever shadow tree. */
export function focusedElement(): HTMLElement | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element as HTMLElement | null;
}

/** A document in a text area of its own, whose undo history is the browser's. */
export class PlainDocument {
  readonly area = document.createElement('textarea');
  /** The text as it was set, before the edits. */
  start = '';
  private compositions = 0;
  /** Tab moves on; else it indents. */
  private tabLeaves = false;

  constructor(
    private readonly options: EditorOptions,
    private title: string,
    text: string,
  ) {
    const { area } = this;
    area.className = 'plain';
    area.spellcheck = false;
    area.autocapitalize = 'off';
    area.wrap = 'off';
    area.ariaLabel = editorLabel(title);
    area.setAttribute('aria-describedby', options.describedBy);
    area.addEventListener('input', () => this.changed());
    area.addEventListener('keydown', (event) => this.onKey(event));
    area.addEventListener('blur', () => this.setTabLeaves(false));
    area.addEventListener('compositionstart', () => {
      this.compositions += 1;
    });
    // The last keys of a composition come after its end.
    area.addEventListener('compositionend', () => setTimeout(() => this.compositions--));
    this.text = text;
    area.readOnly = options.readOnly;
    options.parent.append(area);
  }

  get name(): string {
    return this.title;
  }

  set name(name: string) {
    this.title = name;
    this.area.ariaLabel = editorLabel(name);
  }

  get text(): string {
    return this.area.value;
  }

  set text(text: string) {
    this.area.value = text;
    this.area.setSelectionRange(0, 0);
    this.start = this.text;
    this.fit();
  }

  /** Whether another editor would cut something off: a word in an input method, a pressed pointer. */
  get isBusy(): boolean {
    return this.compositions > 0 || this.area.matches(':active');
  }

  /** Replaces the text as an edit. */
  replace(text: string): void {
    const { area } = this;
    const before = focusedElement();
    area.focus({ preventScroll: true });
    area.select();
    this.insert(text);
    area.setSelectionRange(0, 0);
    area.scrollTo(0, 0);
    if (before === area) return;
    area.blur();
    before?.focus({ preventScroll: true });
  }

  /** Puts the cursor at the start of a line (1-based), where it is seen, and the focus here. */
  goTo(line: number): void {
    const { area, text } = this;
    const lines = text.split('\n');
    const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
    area.focus();
    area.setSelectionRange(start, start);
    const height = area.scrollHeight / Math.max(1, lines.length);
    area.scrollTop = Math.max(0, height * (line - 1) - area.clientHeight / 2);
  }

  private changed(): void {
    this.fit();
    this.options.onChange(this.name);
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
    const { area, text } = this;
    const { selectionStart, selectionEnd } = area;
    const from = text.slice(0, selectionStart).lastIndexOf('\n') + 1;
    const to = selectionEnd + text.slice(selectionEnd).search(/$/m);
    const move = (part: string) => (back ? part.replace(/^ {1,4}/gm, '') : part.replace(/^/gm, '    '));
    const moved = move(text.slice(from, to));
    if (moved === text.slice(from, to)) return;
    const first = move(text.slice(from, selectionStart)).length;
    const last = move(text.slice(from, selectionEnd)).length;
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
    this.changed();
  }

  private fit(): void {
    const { height, indent } = look(this.text);
    this.area.style.height = height;
    this.area.style.paddingLeft = indent;
  }
}
