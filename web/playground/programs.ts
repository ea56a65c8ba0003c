import type { UnrollPanel } from '../panel/unroll-panel';
import { isLink, readLink, type Shared } from '../share/link';
import { showShared } from '../share/show-link';
import { type Example, exampleFile, examples } from './examples';

/** A program with all that belongs to it. */
interface Program extends Shared {
  /** The example that it is; none for one that came in a link. */
  example?: Example;
}

/** What the reader left of a program when they went to another one. */
interface Draft {
  program: Program;
  edited: string;
}

/** Which program stands in the panel: what the address names, an example or the program of a link; the first example without. */
export class Programs {
  /** What the address named. */
  private shownHash: string | undefined;
  shown: Program | undefined;
  private readonly drafts = new Map<string, Draft>();

  /** `onShow` hears of each program that is shown, or why one is not. */
  constructor(
    private readonly panel: UnrollPanel,
    private readonly onShow: (program: Program | Error) => void,
  ) {
    addEventListener('hashchange', () => void this.show());
  }

  /** Goes to an example: Back comes back to the one before. */
  open(example: Example): void {
    location.hash = example.name;
  }

  /** Shows what the address names. */
  async show(): Promise<void> {
    const hash = isLink(location.hash) ? location.hash : `#${exampleOf(location.hash).name}`;
    if (hash === this.shownHash) return;
    const left = this.drafts.get(this.shownHash ?? '');
    if (left) left.edited = this.panel.code;
    this.shownHash = hash;
    try {
      const program = this.drafts.get(hash)?.program ?? (await load(hash));
      if (this.shownHash === hash) this.put(program, hash);
    } catch (error) {
      if (this.shownHash === hash) this.onShow(error as Error);
    }
  }

  private put(program: Program, hash: string): void {
    const { code, files, settings, example } = program;
    const draft = this.drafts.get(hash) ?? { program, edited: code };
    this.drafts.set(hash, draft);
    const { panel } = this;
    panel.reset();
    if (example) {
      panel.fromLink = panel.isolated = false;
      panel.mayRunItself = true;
      panel.lang = settings.lang ?? 'python';
      panel.packages = panel.seed = null;
      panel.files = files;
      panel.code = code;
    } else showShared(panel, { code, files, settings: { ...settings, layout: undefined } });
    if (draft.edited !== code) panel.edit(draft.edited);
    this.shown = program;
    this.onShow(program);
  }
}

const exampleOf = (hash: string) => examples.find(({ name }) => `#${name}` === hash) ?? examples[0];

async function load(hash: string): Promise<Program> {
  const shared = await readLink(hash);
  if (shared) return shared;
  const example = exampleOf(hash);
  const entries = (example.files ?? []).map(async (name) => [name, await exampleFile(example, name)] as const);
  const [code, ...files] = await Promise.all([exampleFile(example, example.program), ...entries]);
  const lang = example.program === 'main.js' ? 'javascript' : 'python';
  return { code, files: Object.fromEntries(files), settings: { lang }, example };
}
