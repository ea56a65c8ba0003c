import { codeAt, codeInside } from './author-code';

/** What the course author gave a panel: the program, in its element or at an address. */
export class Author {
  /** What `reset` comes back to; undefined until it is known. */
  code: string | undefined;
  private address: string | null = null;
  /** While the program that `src` names is on its way. */
  private coming: Promise<void> | undefined;

  /**
   * @param take hears of the program whenever the author gives another one
   * @param complain hears of an address that gives none, in a sentence
   */
  constructor(
    private readonly element: HTMLElement,
    private readonly take: (code: string) => void,
    private readonly complain: (problem: string) => void,
  ) {}

  get src(): string | null {
    return this.address;
  }

  set src(src: string | null) {
    this.address = src;
    if (src) this.coming = this.read(src);
  }

  /** Sets the program. */
  give(code: string): void {
    this.code = String(code);
    this.take(this.code);
  }

  /** Resolves when the program is here, if it comes at all. */
  async arrived(): Promise<void> {
    await this.coming;
  }

  /** Takes the program inside the element. A parser that is not yet through has not yet put the `<pre>` in. */
  readInside(): void {
    const read = () => {
      if (!this.src) this.give(codeInside(this.element));
    };
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', read, { once: true });
    else read();
  }

  private async read(src: string): Promise<void> {
    try {
      const code = await codeAt(src);
      if (this.src === src) this.give(code);
    } catch (error) {
      if (this.src === src) this.complain((error as Error).message);
    }
    if (this.src === src) this.coming = undefined;
  }
}
