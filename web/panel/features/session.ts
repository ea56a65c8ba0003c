import { html, nothing } from 'lit';
import type { Job } from '../../protocol/job';
import type { FileEntry } from '../../protocol/messages';
import { codeOf } from '../author-parts';
import type { Feature, PanelAction } from '../feature';
import type { PanelHost } from '../host';
import { wordsIn } from '../options';
import type { RunResult } from '../run-controller';

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
  private waitingFor: PanelHost | undefined;
  /** Whether that one runs only because of this one. */
  private hasStarted = false;
  /** Counts runs and stops: what waited for a panel above goes on only where it is still the last. */
  private turn = 0;
  private fresh = false;

  constructor(private readonly panel: PanelHost) {}

  async beforeRun(job: Job): Promise<void> {
    const turn = ++this.turn;
    const members = this.members();
    const sources = members.map((panel) => `${panel.session.number}.${panel.authorVersion}`);
    job.source = sources.sort().join(' ');
    if (members.length < 2) return;
    const above = this.above();
    for (const panel of above) {
      if (!panel.session.hasRun && !panel.session.waitsFor(this.panel)) await this.runAbove(panel, turn);
    }
    const others = members.filter((panel) => panel !== this.panel);
    job.session = `session-${Math.min(...members.map((panel) => (panel.previewOf ?? panel).session.number))}`;
    job.name = this.programLabel;
    job.fresh = this.fresh;
    job.beside = (await Promise.all(others.map(textsOf))).flat();
    job.files = filesOf(above, job.files);
    // Whoever waits for them hears of it, maybe later.
    job.files.catch(() => {});
    job.packages.names = [...new Set(members.flatMap((panel) => panel.packageRequest().names))];
  }

  afterRun(result: RunResult): void {
    if (this.fresh) for (const panel of this.members()) panel.session.ranIn = 0;
    this.fresh = false;
    this.ranIn = result.status === 'ok' ? this.panel.runtime.starts : 0;
  }

  onStop(): void {
    this.turn++;
    const { waitingFor: panel, hasStarted } = this;
    this.waitingFor = undefined;
    const isWanted = this.members().some((other) => other.session.waitingFor === panel);
    if (panel && hasStarted && !isWanted) void panel.stop();
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
        <p>Continues from ${names}</p>
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

  /** What tracebacks call this panel's program: by the panel's id where it shares a session. */
  get programLabel(): string {
    const { programName } = this.panel;
    if (this.members().length < 2) return programName;
    return nameOf(this.panel, this.number) + programName.slice('main'.length);
  }

  /** The panels above show by what name they are called now, once the page's panels are all of them elements. */
  connected(): void {
    void this.panel.updateComplete.then(() => {
      for (const panel of this.above()) panel.requestUpdate();
    });
  }

  private get hasRun(): boolean {
    return this.ranIn !== 0 && this.ranIn === this.panel.runtime.starts;
  }

  /** Whether a run of this panel waits for `panel`, itself or by way of others. */
  private waitsFor(panel: PanelHost): boolean {
    let other = this.waitingFor;
    while (other && other !== panel) other = other.session.waitingFor;
    return other === panel;
  }

  /** Runs a panel above, or waits where it runs already: another panel may go on from it, too. */
  private async runAbove(panel: PanelHost, turn: number): Promise<void> {
    this.waitingFor = panel;
    this.hasStarted = !panel.isBusy;
    const { status } = await (panel.running ?? panel.run());
    if (turn !== this.turn) throw new Error('This run was stopped.');
    this.waitingFor = undefined;
    if (status === 'ok') return;
    const how = status === 'stopped' ? 'was stopped' : 'ended with an error';
    throw new Error(`This program continues from "${panel.id}", which ${how}. Run that one first.`);
  }

  /** The panels that this one depends on, however far, in the order in which they have to run. @internal */
  above(): PanelHost[] {
    const found = new Set<PanelHost>();
    const visit = (panel: PanelHost, path: PanelHost[]) => {
      for (const other of dependenciesOf(panel)) {
        if (other === this.panel) tellCycle(path);
        if (path.includes(other) || found.has(other)) continue;
        visit(other, [...path, other]);
        found.add(other);
      }
    };
    visit(this.panel, [this.panel]);
    return [...found];
  }

  /** All panels that are tied to this one, in whatever direction. */
  private members(): PanelHost[] {
    const all = panelsAround(this.panel);
    const found = new Set([this.panel]);
    for (const panel of found) {
      for (const other of dependenciesOf(panel)) found.add(other);
      for (const other of all) if (dependenciesOf(other).includes(panel)) found.add(other);
    }
    return [...found];
  }
}

/** The panels of the page; a preview is in the place of its own. */
function panelsAround(panel: PanelHost): PanelHost[] {
  const page = (panel.previewOf ?? panel).getRootNode() as Document | ShadowRoot;
  return [...page.querySelectorAll<PanelHost>('unroll-panel')].filter((other) => other !== panel.previewOf);
}

function dependenciesOf(panel: PanelHost): PanelHost[] {
  const ids = wordsIn(panel.dependsOn);
  if (ids.length === 0) return [];
  const all = panelsAround(panel);
  return ids.flatMap((id) => {
    const found = all.find((other) => other.id === id && other !== panel);
    if (found && found.runtime !== panel.runtime) {
      tell(panel, id, 'that panel runs elsewhere: both must have one lang, and both or none be isolated.');
      return [];
    }
    if (!found && document.readyState !== 'loading') {
      const ids = all.map((other) => other.id).filter((other) => other && other !== panel.id);
      tell(panel, id, 'the page has no other panel with this id.', ids);
    }
    return found ?? [];
  });
}

function tell({ notes }: PanelHost, id: string, problem: string, known: string[] = []): void {
  notes.tell({ words: `<unroll-panel depends-on="${id}">: ${problem}`, written: id, known });
}

/** Panels each of which goes on from the next, and the last from the first. */
function tellCycle(path: PanelHost[]): void {
  const ids = [...path, path[0]].map(({ id }) => id).join(' → ');
  tell(
    path[0],
    path[0].dependsOn ?? '',
    `these panels continue from each other (${ids}), so none of them can be the first.`,
  );
}

const nameOf = ({ id }: PanelHost, number: number) => id.replace(/[^\w-]/g, '_') || `panel-${number}`;

/** The texts of a panel that may need packages. */
async function textsOf(panel: PanelHost): Promise<string[]> {
  const hidden = (['setup', 'check'] as const).map((name) => codeOf(panel, name, panel[name]).catch(() => ''));
  return [panel.code, ...(await Promise.all(hidden))].filter(Boolean);
}

/** The files of the panels above, with what their programs wrote, below a panel's own. */
async function filesOf(above: PanelHost[], own: Promise<FileEntry[]>): Promise<FileEntry[]> {
  const entries = await Promise.all([...above.map((panel) => panel.readFiles()), own]);
  return [...new Map(entries.flat())];
}
