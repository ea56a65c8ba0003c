import { type Editor, type EditorOptions, editorLabel } from './editor';

/** Tab of the keyboard, lines and letters stand where CodeMirror puts them, so nothing moves when it comes. */
const look = (code: string) => {
  const lines = code.split('\n').length;
  const digits = String(lines).length;
  return { height: `calc(${lines} * 1.6em + 28px)`, indent: `calc(max(2.4em, ${digits}ch + 24px) + 10px)` };
};

/** A text area: shows the program until CodeMirror is here, and takes its place where it does not come. */
export class PlainEditor implements Editor {
  private readonly area = document.createElement('textarea');
  /** The line to mark, once it can be marked. */
  errorLine: number | null = null;

  constructor({ parent, doc, describedBy, onRun, onChange }: EditorOptions) {
    const { area } = this;
    area.className = 'plain';
    area.spellcheck = false;
    area.autocapitalize = 'off';
    area.wrap = 'off';
    area.ariaLabel = editorLabel;
    area.setAttribute('aria-describedby', describedBy);
    area.addEventListener('input', () => {
      this.fit();
      onChange();
    });
    area.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      onRun();
    });
    this.code = doc;
    parent.append(area);
  }

  get code(): string {
    return this.area.value;
  }

  set code(code: string) {
    this.area.value = code;
    this.fit();
  }

  replace(code: string): void {
    this.code = code;
  }

  markError(line: number | null): void {
    this.errorLine = line;
  }

  focus(): void {
    this.area.focus();
  }

  /** Hands what is in it to another editor: text, cursor, mark. */
  giveWay(make: (doc: string) => Editor & { select(from: number, to: number): void }): Editor {
    const { selectionStart, selectionEnd } = this.area;
    const root = this.area.getRootNode() as ShadowRoot;
    const focused = root.activeElement === this.area;
    this.area.remove();
    const next = make(this.code);
    next.select(selectionStart, selectionEnd);
    if (focused) next.focus();
    if (this.errorLine) next.markError(this.errorLine);
    return next;
  }

  private fit(): void {
    const { height, indent } = look(this.code);
    this.area.style.height = height;
    this.area.style.paddingLeft = indent;
  }
}
