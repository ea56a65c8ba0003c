import type { PropertyDeclarations } from 'lit';
import type { Job } from '../protocol/job';
import type { Answer, Outcome, OutputPart, Question } from '../protocol/messages';
import type { Runtime } from '../runtime/runtime';
import { runtimeFor } from '../runtime/runtimes';
import { progressShare, progressText } from '../ui/words';
import { type AuthorNote, AuthorNotes } from './author-notes';
import { DropTarget } from './drop-target';
import { hostEditor } from './editor-host';
import { contributions, type Feature, type PanelAction } from './feature';
import { Appearance } from './features/appearance';
import { ConsoleTools } from './features/console-tools';
import { EmbedAction } from './features/embed-action';
import { Exercise } from './features/exercise';
import { FileTabs } from './features/file-tabs';
import { LateFeatures } from './features/late-features';
import { Loading } from './features/loading';
import { ownActions } from './features/own-actions';
import { OwnKeys } from './features/own-keys';
import { OwnSwipes } from './features/own-swipes';
import { RecordedOutput } from './features/recorded-output';
import type { ResetQuestion } from './features/reset-question.late';
import { Session } from './features/session';
import { Sharing } from './features/sharing';
import { StandardInput } from './features/standard-input';
import { StrangerMark } from './features/stranger-mark';
import { Tensors } from './features/tensors';
import { TimeLimit } from './features/time-limit';
import { ProgramOutput } from './program-output';
import { adoptEarlyProperties, ProgramPanel } from './program-panel';
import { RunController, type RunHost, type RunResult } from './run-controller';
import { styles } from './styles/index';
import { type Actions, panelTemplate } from './template';

/**
 * `<unroll-panel>`: an editor with a Python or JavaScript program that runs on the reader's machine.
 *
 * Around a `<pre>` with the program, or with `src`. Events (bubbling, composed): `unroll-ready` when Python is up,
 * `unroll-output` {stream, text} as the program writes, `unroll-figure` {svg, title, id}, `unroll-done` with the result of the run.
 */
export class UnrollPanel extends ProgramPanel implements RunHost {
  static styles = styles;
  static properties: PropertyDeclarations = {
    stdin: { type: String, noAccessor: true },
  };

  private readonly input = new StandardInput(this);
  private readonly sharing = new Sharing(this);
  private readonly recorded = new RecordedOutput(this);
  /** What this panel has besides editor and output; each in a file of its own. @internal */
  readonly features: Feature[] = [this.input, new ConsoleTools(this)];
  /** What is wrong with the page, for its author. @internal */
  readonly notes = new AuthorNotes(this);
  /** @internal */
  readonly session = new Session(this);
  /** @internal */
  output: ProgramOutput | undefined;

  private resetQuestion: ResetQuestion | undefined;
  private readonly tabs = new FileTabs(this, this.panelFiles);
  private readonly runs = new RunController(this);
  private readonly dropTarget = new DropTarget(
    (files) => void this.tabs.addFiles(files),
    () => this.requestUpdate(),
  );

  constructor() {
    super();
    this.features.push(this.session, new Exercise(this), new Appearance(this), new Loading(this));
    this.features.push(this.tabs, new TimeLimit(this), this.recorded);
    this.features.push(this.sharing, new Tensors(this), new EmbedAction(this), new StrangerMark(this));
    this.features.push(new OwnKeys(this), new OwnSwipes(this), new LateFeatures(this));
    adoptEarlyProperties(this, ['src', 'lang', 'code', 'files', 'stdin', 'packages', 'packagesUrl', 'isolated']);
  }

  /** @internal */
  get runtime(): Runtime {
    return runtimeFor({ language: this.language, isolated: this.isolated });
  }

  /** Lines for `input()`, given before the run; null: the reader is asked while it runs, where the browser can do that. */
  get stdin(): string | null {
    return this.input.text;
  }

  set stdin(stdin: string | null) {
    this.input.text = stdin;
  }

  /** All that the reader can do here: the menu shows some of it, a page around the panel may show it elsewhere. */
  get actions(): PanelAction[] {
    return [...ownActions(this), ...contributions(this.features, 'actions')];
  }

  /** What tracebacks call the program. @internal */
  get programLabel(): string {
    return this.session.programLabel;
  }

  /** Whether a program runs, or waits for its turn. @internal */
  get isBusy(): boolean {
    return this.runs.busy;
  }

  /** The result of the run that goes on, if one does. @internal */
  get running(): Promise<RunResult> | undefined {
    return this.runs.running;
  }

  /** Runs the program as it stands in the editor. A run that goes on already is ended first. Never rejects. */
  run(): Promise<RunResult> {
    return this.runs.run();
  }

  /** Ends the program. Its `run()` resolves as 'stopped' at once; this resolves when the panel can run again. */
  stop(): Promise<void> {
    return this.runs.stop();
  }

  /**
   * Asks about what this panel's program left. Where another panel's ran since, editors get what the text alone tells, and
   * others null. @internal
   */
  async inquire(question: Question): Promise<Answer | null> {
    if (this.runs.isLast) return this.runtime.ask(question);
    return 'main' in question ? this.runtime.ask({ ...question, main: false }) : null;
  }

  /** The author's code and files again; stops a running program and clears the output. */
  reset(): void {
    this.runs.reset();
    this.panelFiles.reset();
    this.tabs.refresh();
    if (this.code !== this.author.code) this.edit(this.author.code ?? '');
    this.clearOutput();
    this.output?.release();
    for (const feature of this.features) feature.onReset?.();
    this.requestUpdate();
  }

  /** Resets, after a question where the reader would lose something. @internal */
  async askReset(): Promise<void> {
    if (!this.isChanged) return this.reset();
    if (!this.resetQuestion) {
      const { ResetQuestion } = await import('./features/reset-question.late');
      this.resetQuestion = new ResetQuestion(this);
      // Before all other words to the reader.
      this.features.unshift(this.resetQuestion);
    }
    return this.resetQuestion.ask();
  }

  /** Loads Python if need be. Resolves when programs can run; rejects with a sentence when it cannot be loaded. */
  async whenReady(): Promise<void> {
    await this.runtime.load();
  }

  focus(): void {
    this.editor?.focus();
  }

  connectedCallback(): void {
    super.connectedCallback();
    if (this.author.code === undefined) this.author.readInside();
    this.runs.connect();
    for (const feature of this.features) feature.connected?.();
  }

  disconnectedCallback(): void {
    super.disconnectedCallback();
    this.runs.disconnect();
    for (const feature of this.features) feature.disconnected?.();
  }

  /** @internal */
  async makeJob(): Promise<Job> {
    await this.author.arrived();
    // What the reader wrote in place of a program that did not come is one.
    if (this.code === '') await this.author.askAgain();
    const job: Job = { code: this.code, files: this.panelFiles.read(), packages: this.packageRequest() };
    // Whoever waits for them hears of it, maybe later.
    job.files.catch(() => {});
    for (const feature of this.features) await feature.beforeRun?.(job);
    return job;
  }

  /** @internal */
  removeFile(name: string): void {
    this.tabs.remove(name);
  }

  /** @internal */
  clearOutput(): void {
    this.output?.hold();
    this.output?.clear();
    this.tabs.forgetErrors();
  }

  /** @internal */
  show(part: OutputPart): void {
    this.output?.write(part);
  }

  /** Shows what an earlier run of the program showed, until this one runs; none to forget it. @internal */
  showRecorded(parts: OutputPart[]): void {
    this.recorded.give(parts);
  }

  /** @internal */
  hasRoom(): Promise<void> | undefined {
    return this.output?.hasRoom();
  }

  /** @internal */
  async shown(): Promise<void> {
    await this.output?.shown();
  }

  /** @internal */
  async ask(prompt: string): Promise<string | null> {
    return this.output?.ask(prompt) ?? null;
  }

  /** @internal */
  showOutcome({ status, error, changed, removed }: Outcome): void {
    const refused = this.panelFiles.apply({ changed, removed });
    this.tabs.refresh();
    this.requestUpdate();
    this.output?.stopAsking();
    for (const problem of refused) this.output?.writeNote(problem);
    if (status === 'stopped') this.output?.writeNote('Stopped.');
    if (error?.hint) this.output?.writeHint(error.hint);
    if (error) this.tabs.showError(error);
    this.output?.flush();
    this.output?.release();
  }

  /** @internal */
  started(): void {
    for (const feature of this.features) feature.started?.();
  }

  /** @internal */
  waiting(waits: boolean): void {
    for (const feature of this.features) feature.onAsk?.(waits);
  }

  /** @internal */
  stopping(): void {
    for (const feature of this.features) feature.onStop?.();
  }

  /** Something stands in the output that no run wrote. @internal */
  leaveFresh(): void {
    this.runs.leaveFresh();
  }

  /** @internal */
  afterRun(result: RunResult): void {
    const { type, message: words = '' } = result.error ?? {};
    // A run that waited for another panel's is not the author's to mend.
    if (type === 'LoadError' && words.includes('could not be loaded')) this.notes.tell({ words });
    for (const feature of this.features) feature.afterRun?.(result);
  }

  /** @internal */
  announce(type: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  protected render() {
    const { progress } = this.runtime;
    const { phase, status, failed } = this.runs;
    return panelTemplate(
      {
        name: this.programName,
        label: this.programLabel,
        title: this.title,
        tabs: this.tabs,
        editable: this.editable,
        isCompact: this.layout === 'compact',
        isChanged: this.layout === 'compact' && this.isChanged,
        phase,
        status,
        failed,
        drop: this.dropTarget,
        files: this.panelFiles.list(),
        hasFileRow: this.hasFileRow,
        loading: { text: progressText(progress), share: progressShare(progress) },
        features: this.features,
      },
      this.buttons,
    );
  }

  /** Files matter where there are some, where a program missed one, and in a panel that is a workplace. */
  private get hasFileRow(): boolean {
    return this.layout === 'side' || this.runs.missedFile || this.panelFiles.list().length > 0;
  }

  private readonly buttons: Actions = {
    run: () => {
      if (this.runs.busy) return;
      void this.run();
      void this.showOutput();
    },
    stop: () => void this.stop(),
    reset: () => void this.askReset(),
    addFiles: (files) => void this.tabs.addFiles(files),
    removeFile: (name) => this.removeFile(name),
    openFile: (name) => void this.tabs.show(name),
    newFile: () => void this.tabs.askName(),
  };

  /** The reader wants to see what comes. */
  private async showOutput(): Promise<void> {
    const result = this.renderRoot.querySelector<HTMLElement>('.result');
    const loaded = await import('./features/output-in-view.late').catch(() => null);
    if (result) loaded?.follow(result);
  }

  protected firstUpdated(): void {
    const root = this.renderRoot as ShadowRoot;
    this.output = new ProgramOutput(root, this.tabs.places);
    const options = {
      parent: root.querySelector('.editor') as HTMLElement,
      root,
      name: this.programName,
      doc: this.draft,
      readOnly: !this.editable,
      describedBy: 'leave-hint',
      onRun: this.buttons.run,
      help: { ask: (question: Question) => this.inquire(question), modules: () => this.panelFiles.modules() },
      onChange: (name: string) => this.tabs.edited(name),
      onTabMode: (leaves: boolean) => root.querySelector('.leave-hint')?.classList.toggle('active', leaves),
    };
    hostEditor(options, (editor) => {
      this.editor = editor;
    });
    if (!this.author.code) this.author.readInside();
    for (const feature of this.features) feature.ready?.();
  }

  protected updated(): void {
    for (const feature of this.features) feature.updated?.();
  }

  /** @internal */
  onEdit(): void {
    for (const feature of this.features) feature.onEdit?.();
  }

  /** Another program comes in place of this one: what the reader did to it is kept first. @internal */
  leaveProgram(): void {
    for (const feature of this.features) feature.onLeave?.();
  }

  protected tellAuthor(note: AuthorNote): void {
    this.notes.tell(note);
  }

  protected takeProgram(code: string): void {
    this.leaveProgram();
    super.takeProgram(code);
    for (const feature of this.features) feature.onAuthor?.(code);
  }

  protected changeRuntime(change: () => void): void {
    this.runs.changeRuntime(change);
  }

  protected filesChanged(): void {
    this.tabs.refresh();
    this.requestUpdate();
  }

  /** @internal */
  takeNotebook(file: File): Promise<void> {
    return this.sharing.takeProgram(file);
  }

  /** Says what is wrong, in the output. @internal */
  async complain(problem: string, kind: 'stderr' | 'note' = 'stderr'): Promise<void> {
    if (kind === 'stderr') this.notes.tell({ words: problem });
    await this.updateComplete;
    this.runs.leaveFresh();
    if (kind === 'note') this.output?.writeNote(problem);
    else this.show({ kind, text: `${problem}\n` });
  }
}
