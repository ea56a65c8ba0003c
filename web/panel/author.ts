import { codeInside } from './author-code';
import { textAt } from './author-files';
import { whenParsed } from './author-parts';

/** What the course author gave a panel: the program, in its element or at an address. */
export class Author {
  /** What `reset` comes back to; undefined until it is known. */
  code: string | undefined;
  /** Counts the programs that were given: each may be another person's. */
  version = 0;
  private address: string | null = null;
  /** While the program that `src` names is on its way. */
  private coming: Promise<void> | undefined;
  /** Why it has not come. */
  private problem: Error | undefined;

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
    this.problem = undefined;
    if (src) this.coming = this.read(src).catch((error) => this.complain(error.message));
  }

  /** Sets the program. */
  give(code: string): void {
    this.problem = undefined;
    this.code = String(code);
    this.version++;
    this.take(this.code);
  }

  /** Resolves when the program is here, if it comes at all. */
  async arrived(): Promise<void> {
    await this.coming;
  }

  /** Asks for a program that did not come once more. Rejects with a sentence where it does not come now. */
  async askAgain(): Promise<void> {
    if (this.problem && this.address) await this.read(this.address);
  }

  /** Takes the program inside the element. A parser that is not yet through has not yet put the `<pre>` in. */
  readInside(): void {
    whenParsed(() => {
      if (!this.src) this.give(codeInside(this.element));
    });
  }

  /** Takes the program at an address, unless there is another one by then. */
  private async read(src: string): Promise<void> {
    try {
      const code = await textAt('The program', src);
      if (this.src === src) this.give(code);
    } catch (error) {
      if (this.src !== src) return;
      this.problem = error as Error;
      throw error;
    }
  }
}
