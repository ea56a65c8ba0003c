import type { FileContent } from '../panel/panel-files';
import type { UnrollPanel } from '../panel/unroll-panel';
import { type Example, exampleFile, examples } from './examples';

/** What the reader left of an example when they went to another one. */
interface Draft {
  code: string;
  edited: string;
}

/** Which program stands in the panel: the example that the address names, the first without one. */
export class Programs {
  shown: Example | undefined;
  private readonly drafts = new Map<Example, Draft>();

  /** `onShow` hears of each example that is shown. */
  constructor(
    private readonly panel: UnrollPanel,
    private readonly onShow: (example: Example) => void,
  ) {
    addEventListener('hashchange', () => void this.show());
  }

  /** Goes to an example: Back comes back to the one before. */
  open(example: Example): void {
    location.hash = example.name;
  }

  /** Shows what the address names. */
  async show(): Promise<void> {
    const example = examples.find(({ name }) => `#${name}` === location.hash) ?? examples[0];
    if (example === this.shown) return;
    const before = this.shown && this.drafts.get(this.shown);
    if (before) before.edited = this.panel.code;
    this.shown = example;
    this.onShow(example);
    const code = this.drafts.get(example)?.code ?? (await exampleFile(example, example.program));
    const files = await Promise.all(
      (example.files ?? []).map(async (name) => [name, await exampleFile(example, name)] as const),
    );
    if (this.shown !== example) return;
    const draft = this.drafts.get(example) ?? { code, edited: code };
    this.drafts.set(example, draft);
    this.panel.reset();
    this.panel.lang = example.program === 'main.js' ? 'javascript' : 'python';
    this.panel.files = Object.fromEntries(files) satisfies Record<string, FileContent>;
    this.panel.code = code;
    if (draft.edited !== code) this.panel.edit(draft.edited);
  }
}
