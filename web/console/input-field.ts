import { element } from './window';

/** Where the reader types a line for `input()`: in the output, behind the prompt. */
export class InputField {
  private readonly element = element('form', 'ask');
  private readonly input = element('input', 'ask-line');
  private settle: ((line: string | null) => void) | undefined;
  /** What had the focus before the program asked. */
  private before: HTMLElement | null = null;

  /** The field comes behind what is in `place`; `output` around it keeps the focus between two questions. */
  constructor(
    private readonly output: HTMLElement,
    private readonly place: HTMLElement,
  ) {
    Object.assign(this.input, { type: 'text', autocomplete: 'off', spellcheck: false, enterKeyHint: 'send' });
    for (const name of ['autocapitalize', 'autocorrect']) this.input.setAttribute(name, 'off');
    this.input.setAttribute('part', 'input');
    const send = element('button', 'ask-send');
    send.textContent = 'Enter';
    this.element.append(this.input, send);
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      this.give(this.input.value);
    });
    this.input.addEventListener('keydown', (event) => {
      // As in a terminal: the input ends here.
      if (event.key === 'd' && event.ctrlKey && this.input.value === '') {
        event.preventDefault();
        this.give(null);
      }
    });
  }

  /** Opens the field. It takes the focus where the reader is in this panel, or nowhere in particular. */
  ask(prompt: string): Promise<string | null> {
    this.settle?.(null);
    this.input.value = '';
    this.input.setAttribute('aria-label', prompt.trim() || 'Input for the program');
    this.place.append(this.element);
    const { activeElement } = this.output.getRootNode() as ShadowRoot;
    if (activeElement !== this.output && activeElement !== this.input)
      this.before = activeElement as HTMLElement | null;
    if (activeElement || document.activeElement === document.body || !document.activeElement)
      this.input.focus({ preventScroll: true });
    return new Promise((resolve) => {
      this.settle = resolve;
    });
  }

  /** Calls off what was asked, and gives the focus back. */
  close(): void {
    const { activeElement } = this.output.getRootNode() as ShadowRoot;
    const hasFocus = activeElement === this.input || activeElement === this.output;
    this.hide(null);
    if (hasFocus && this.before?.isConnected) this.before.focus({ preventScroll: true });
    this.before = null;
  }

  private give(line: string | null): void {
    if (this.settle) this.output.focus({ preventScroll: true });
    this.hide(line);
  }

  private hide(line: string | null): void {
    this.element.remove();
    this.settle?.(line);
    this.settle = undefined;
  }
}
