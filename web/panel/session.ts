import { html, nothing } from 'lit';
import type { FileEntry } from '../worker/protocol';
import type { Job } from '../worker/runtime';
import { codeOf } from './author-parts';
import type { Feature, PanelAction } from './feature';
import { wordsIn } from './options';
import type { RunResult } from './run-controller';
import type { UnrollPanel } from './unroll-panel';

let nextNumber = 1;

/**
 * `depends-on`: panels of a page that share one session, as the cells of a notebook do. Before a panel's program those run
 * that it depends on and that have not run yet in the Python that there is now.
 */
export class Session implements Feature {
  private readonly number = nextNumber++;
  /** Which start of Python this panel's program last ran well in; a later one knows nothing of it. */
  private ranIn = 0;
  /** The panel above that a run of this one waits for. */
  private waitingFor: UnrollPanel | undefined;
  private fresh = false;

  constructor(private readonly panel: UnrollPanel) {}

  async beforeRun(job: Job): Promise<void> {
    const members = this.members();
    if (members.length < 2) return;
    const above = this.above();
    for (const panel of above) {
      if (!panel.session.hasRun) await this.runAbove(panel);
    }
    const others = members.filter((panel) => panel !== this.panel);
    job.session = `session-${Math.min(...members.map((panel) => panel.session.number))}`;
    job.name = nameOf(this.panel, this.number) + this.panel.programName.slice('main'.length);
    job.fresh = this.fresh;
    job.beside = (await Promise.all(others.map(textsOf))).flat();
    job.files = filesOf(above, job.files);
    job.packages.names = [...new Set(members.flatMap((panel) => panel.packageRequest().names))];
  }

  afterRun(result: RunResult): void {
    if (this.fresh) for (const panel of this.members()) panel.session.ranIn = 0;
    this.fresh = false;
    this.ranIn = result.status === 'ok' ? this.panel.runtime.starts : 0;
  }

  onStop(): void {
    void this.waitingFor?.stop();
  }

  onReset(): void {
    this.ranIn = 0;
  }

  banner(): unknown {
    const above = this.above();
    if (above.length === 0) return nothing;
    const names = above.map((panel, i) => html`${i > 0 ? ', ' : ''}<a href="#${panel.id}">${panel.id}</a>`);
    return html`
      <div class="session" part="session">
        <p>Goes on from ${names}</p>
        <button type="button" class="ghost help" part="button run-above-button" @click=${() => void this.runAllAbove()}>Run all above</button>
      </div>
    `;
  }

  actions(): PanelAction[] {
    const run = () => this.runAllAbove();
    return [{ id: 'run-above', label: 'Run all above', group: 'panel', available: () => this.above().length > 0, run }];
  }

  /** Runs what this panel depends on, from a fresh session. */
  async runAllAbove(): Promise<void> {
    const [first, ...others] = this.above();
    if (!first) return;
    first.session.fresh = true;
    for (const panel of [first, ...others]) {
      const { status } = await panel.run();
      if (status !== 'ok') return;
    }
  }

  private get hasRun(): boolean {
    return this.ranIn !== 0 && this.ranIn === this.panel.runtime.starts;
  }

  private async runAbove(panel: UnrollPanel): Promise<void> {
    this.waitingFor = panel;
    const { status } = await panel.run();
    this.waitingFor = undefined;
    if (status === 'ok') return;
    const how = status === 'stopped' ? 'was stopped' : 'ended with an error';
    throw new Error(`This program goes on from "${panel.id}", which ${how}. Run that one first.`);
  }

  /** The panels that this one depends on, however far, in the order in which they have to run. */
  private above(): UnrollPanel[] {
    const found = new Set<UnrollPanel>();
    const visit = (panel: UnrollPanel, path: UnrollPanel[]) => {
      for (const other of dependenciesOf(panel)) {
        if (path.includes(other) || found.has(other)) continue;
        visit(other, [...path, other]);
        found.add(other);
      }
    };
    visit(this.panel, [this.panel]);
    return [...found];
  }

  /** All panels that are tied to this one, in whatever direction. */
  private members(): UnrollPanel[] {
    const all = panelsAround(this.panel);
    const found = new Set([this.panel]);
    for (const panel of found) {
      for (const other of dependenciesOf(panel)) found.add(other);
      for (const other of all) if (dependenciesOf(other).includes(panel)) found.add(other);
    }
    return [...found];
  }
}

const panelsAround = (panel: UnrollPanel) => [
  ...(panel.getRootNode() as Document | ShadowRoot).querySelectorAll<UnrollPanel>('unroll-panel'),
];

function dependenciesOf(panel: UnrollPanel): UnrollPanel[] {
  const ids = wordsIn(panel.dependsOn);
  if (ids.length === 0) return [];
  const all = panelsAround(panel);
  return ids.flatMap((id) => {
    const found = all.find((other) => other.id === id && other !== panel);
    if (!found && document.readyState !== 'loading') warnOnce(id);
    return found ?? [];
  });
}

const missing = new Set<string>();

function warnOnce(id: string): void {
  if (!missing.has(id)) console.warn(`<unroll-panel depends-on="${id}">: the page has no other panel with this id.`);
  missing.add(id);
}

const nameOf = ({ id }: UnrollPanel, number: number) => id.replace(/[^\w-]/g, '_') || `panel-${number}`;

/** The texts of a panel that may need packages. */
async function textsOf(panel: UnrollPanel): Promise<string[]> {
  const hidden = (['setup', 'check'] as const).map((name) => codeOf(panel, name, panel[name]).catch(() => ''));
  return [panel.code, ...(await Promise.all(hidden))].filter(Boolean);
}

/** The files of the panels above, with what their programs wrote, below a panel's own. */
async function filesOf(above: UnrollPanel[], own: Promise<FileEntry[]>): Promise<FileEntry[]> {
  const entries = await Promise.all([...above.map((panel) => panel.readFiles()), own]);
  return [...new Map(entries.flat())];
}
