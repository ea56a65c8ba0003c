import type { UnrollPanel } from '../panel/unroll-panel';
import type { OutputPart } from '../protocol/messages';
import { isLink, readLink, type Shared } from '../share/link';
import { showShared } from '../share/show-link';
import { type Example, exampleFile, examples, recordedRun } from './examples';

/** A program with all that belongs to it. */
interface Program extends Shared {
  /** The example that it is; none for one that came in a link. */
  example?: Example;
  /** What a run of it showed. */
  recorded?: Promise<OutputPart[]>;
}

/** Which program stands in the panel: what the address names, an example or the program of a link; the first example without. */
export class Programs {
  /** What the address names. */
  private shownHash: string | undefined;
  /** What it named when the program came that stands in the panel. */
  private standsFor = '';
  shown: Program | undefined;
  /** What the reader left of programs of links, of which nothing is kept in the browser. */
  private readonly left = new Map<string, Pick<UnrollPanel, 'code' | 'files'>>();

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
    this.shownHash = hash;
    try {
      const program = await load(hash);
      if (this.shownHash === hash) this.put(program, hash);
    } catch (error) {
      if (this.shownHash !== hash) return;
      this.shownHash = undefined;
      this.onShow(error as Error);
    }
  }

  private put(program: Program, hash: string): void {
    const { code, files, settings, example, recorded } = program;
    const { panel, shown } = this;
    if (shown && !shown.example) this.left.set(this.standsFor, { code: panel.code, files: panel.files });
    this.standsFor = hash;
    // Before Reset, which would drop it from the browser as well.
    panel.leaveProgram();
    panel.showRecorded([]);
    panel.reset();
    panel.persist = example ? `playground ${example.name}` : null;
    if (example) {
      panel.fromLink = panel.isolated = false;
      panel.mayRunItself = true;
      panel.lang = settings.lang ?? 'python';
      panel.packages = panel.seed = null;
      panel.files = files;
      panel.code = code;
    } else showShared(panel, { code, files, settings: { ...settings, layout: undefined } });
    const left = this.left.get(hash);
    if (left) {
      if (left.code !== code) panel.edit(left.code);
      for (const [name, content] of Object.entries(left.files)) panel.addFile(name, content);
    }
    this.shown = program;
    this.onShow(program);
    void recorded?.then((parts) => {
      if (this.shown === program) panel.showRecorded(parts);
    });
  }
}

const exampleOf = (hash: string) => examples.find(({ name }) => `#${name}` === hash) ?? examples[0];

async function load(hash: string): Promise<Program> {
  const shared = await readLink(hash);
  if (shared) return shared;
  const example = exampleOf(hash);
  const recorded = recordedRun(example);
  const entries = (example.files ?? []).map(async (name) => [name, await exampleFile(example, name)] as const);
  const [code, ...files] = await Promise.all([exampleFile(example, example.program), ...entries]);
  const lang = example.program === 'main.js' ? 'javascript' : 'python';
  return { code, files: Object.fromEntries(files), settings: { lang }, example, recorded };
}
