import type { Editor } from '../editor/editor';
import type { Language } from '../worker/make-worker';
import type { FileEntry, Outcome, OutputPart, PackageRequest, Question } from '../worker/protocol';
import type { Job, Runtime } from '../worker/runtime';
import { runtimeFor } from '../worker/runtimes';
import { Author } from './author';
import { ConsoleTools } from './console-tools';
import { DropTarget } from './drop-target';
import { hostEditor } from './editor-host';
import { EmbedAction } from './embed-action';
import { Exercise } from './exercise';
import { contributions, type Feature, type PanelAction } from './feature';
import { FileTabs } from './file-tabs';
import { Keep } from './keep';
import { Loading } from './loading';
import { Look } from './look';
import { PanelOptions } from './options';
import { ownActions } from './own-actions';
import { addressesIn, type FileContent, PanelFiles } from './panel-files';
import { ProgramOutput } from './program-output';
import { RecordedOutput } from './recorded-output';
import { ResetQuestion } from './reset-question';
import { RunController, type RunHost, type RunResult } from './run-controller';
import { Session } from './session';
import { Sharing } from './sharing';
import { Split } from './split';
import { StandardInput } from './standard-input';
import { styles } from './styles';
import { type Actions, panelTemplate } from './template';
import { Tensors } from './tensors';
import { TimeLimit } from './time-limit';
import { progressShare, progressText } from './words';

/**
 * `<unroll-panel>`: an editor with a Python or JavaScript program that runs on the reader's machine.
 *
 * Around a `<pre>` with the program, or with `src`. Events (bubbling, composed): `unroll-ready` when Python is up,
 * `unroll-output` {stream, text} as the program writes, `unroll-figure` {svg, title, id}, `unroll-done` with the result of the run.
 */
export class UnrollPanel extends PanelOptions implements RunHost {
  static styles = styles;
  static properties = {
    src: { type: String, noAccessor: true },
    lang: { type: String, noAccessor: true },
    fileAddresses: { attribute: 'files', type: String, noAccessor: true },
    stdin: { type: String, noAccessor: true },
    isolated: { type: Boolean, noAccessor: true },
  };

  /** Where the panels of this page that do not say so themselves get real packages from; null for Pyodide's own index. */
  static packagesUrl: string | null = null;

  private readonly input = new StandardInput(this);
  private readonly sharing = new Sharing(this);
  private readonly keep = new Keep(this);
  private readonly resetQuestion = new ResetQuestion(this);
  /** What this panel has besides editor and output; each in a file of its own. @internal */
  readonly features: Feature[] = [new Split(this), this.input, new ConsoleTools(this)];
  /** @internal */
  readonly session = new Session(this);
  /** Whether a program may start without the reader: never one that came in a link. @internal */
  mayRunItself = true;
  /** Whether the program came in a link, which the panel says. @internal */
  fromLink = false;
  /** @internal */
  editor: Editor | undefined;
  /** @internal */
  output: ProgramOutput | undefined;

  private readonly panelFiles = new PanelFiles();
  private readonly tabs = new FileTabs(this, this.panelFiles);
  private readonly runs = new RunController(this);
  private readonly dropTarget = new DropTarget(
    (files) => void this.tabs.addFiles(files),
    () => this.requestUpdate(),
  );
  private readonly author = new Author(
    this,
    (code) => this.takeProgram(code),
    (problem) => void this.complain(problem),
  );
  private draft = '';
  private addresses: string | null = null;
  private language: Language = 'python';
  private ofStranger = false;

  constructor() {
    super();
    this.features.push(this.session, new Exercise(this), new Look(this), new Loading(this));
    this.features.push(this.tabs, new TimeLimit(this), new RecordedOutput(this), this.sharing);
    this.features.push(this.keep, this.resetQuestion, new Tensors(this), new EmbedAction(this));
    adoptEarlyProperties(this, ['src', 'lang', 'code', 'files', 'stdin', 'packages', 'packagesUrl', 'isolated']);
  }

  /** The language of the program: 'javascript', or else Python. */
  get lang(): string {
    return this.language;
  }

  set lang(lang: string | null) {
    const language = /^(javascript|js)$/i.test(lang ?? '') ? 'javascript' : 'python';
    if (language === this.language) return;
    const name = this.programName;
    this.runs.changeRuntime(() => {
      this.language = language;
    });
    this.editor?.rename(name, this.programName);
    this.requestUpdate();
  }

  attributeChangedCallback(name: string, before: string | null, value: string | null): void {
    if (name !== 'lang') {
      super.attributeChangedCallback(name, before, value);
    } else if (/^(javascript|js|python|py)$/i.test(value ?? '')) {
      this.lang = value;
      // To browsers and screen readers it names the language of a text, which is none of these.
      this.removeAttribute('lang');
    }
  }

  /** Name of the program. @internal */
  get programName(): string {
    return this.language === 'javascript' ? 'main.js' : 'main.py';
  }

  /** Address of the program, relative to the page. */
  get src(): string | null {
    return this.author.src;
  }

  set src(src: string | null) {
    this.author.src = src;
  }

  /**
   * Whether programs run in an origin of their own, where they cannot read or change anything of the page's site or of
   * unroll.js's: for code that the author did not choose, such as that of a link. Setting it ends what runs.
   */
  get isolated(): boolean {
    return this.ofStranger;
  }

  set isolated(isolated: boolean) {
    if (isolated === this.ofStranger) return;
    this.runs.changeRuntime(() => {
      this.ofStranger = isolated;
    });
    this.requestUpdate();
  }

  /** @internal */
  get runtime(): Runtime {
    return runtimeFor({ language: this.language, isolated: this.isolated });
  }

  /** The program. Setting it is the author's doing: `reset()` comes back to what was set last. */
  get code(): string {
    return this.editor?.code ?? this.draft;
  }

  set code(code: string) {
    this.author.give(code);
  }

  /** Files that the program can open, by name; what a program writes is here after its run. Setting replaces all. */
  get files(): Record<string, FileContent> {
    return this.panelFiles.getAll();
  }

  set files(files: Record<string, FileContent> | Map<string, FileContent>) {
    this.panelFiles.setAll(files);
    this.tabs.refresh();
    this.requestUpdate();
  }

  /** Addresses of files, relative to the page and apart by spaces; `name=address` gives a name. Fetched at the first run. */
  get fileAddresses(): string | null {
    return this.addresses;
  }

  set fileAddresses(list: string | null) {
    this.addresses = list;
    try {
      this.panelFiles.setAddresses(addressesIn(list ?? ''));
    } catch (error) {
      console.warn(`<unroll-panel files="${list}">: ${(error as Error).message}.`);
    }
    this.requestUpdate();
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

  /** Whether a program runs, or waits for its turn. @internal */
  get isBusy(): boolean {
    return this.runs.busy;
  }

  /** Runs the program as it stands in the editor. A run that goes on already is ended first. Never rejects. */
  run(): Promise<RunResult> {
    return this.runs.run();
  }

  /** Ends the program. Its `run()` resolves as 'stopped' at once; this resolves when the panel can run again. */
  stop(): Promise<void> {
    return this.runs.stop();
  }

  /** The author's code and files again; stops a running program and clears the output. */
  reset(): void {
    this.runs.reset();
    this.panelFiles.reset();
    this.tabs.refresh();
    if (this.code !== this.author.code) this.edit(this.author.code ?? '');
    this.clearOutput();
    for (const feature of this.features) feature.onReset?.();
    this.requestUpdate();
  }

  /** Resets, after a question where the reader would lose something. @internal */
  askReset(): Promise<void> {
    return this.resetQuestion.ask();
  }

  /** What `reset` comes back to. @internal */
  get authorCode(): string | undefined {
    return this.author.code;
  }

  /** Whether program or files are other than the author gave them. @internal */
  get isChanged(): boolean {
    return this.code !== (this.author.code ?? '') || this.panelFiles.isChanged;
  }

  /** Files that are not as the author gave them; null for one that is gone. @internal */
  changedFiles(): Promise<[string, Uint8Array | string | null][]> {
    return this.panelFiles.changed();
  }

  /** Replaces the program as the learner would, by an edit: `reset()` still comes back to the author's. */
  edit(code: string): void {
    if (this.editor) this.editor.replace(code);
    else this.draft = code;
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
    const job: Job = { code: this.code, files: this.panelFiles.read(), packages: this.packageRequest() };
    // Whoever waits for them hears of it, maybe later.
    job.files.catch(() => {});
    for (const feature of this.features) await feature.beforeRun?.(job);
    return job;
  }

  /** Adds a file as the learner would. @internal */
  addFile(name: string, content: FileContent): void {
    this.panelFiles.set(name, content);
    this.tabs.refresh();
    this.onEdit();
    this.requestUpdate();
  }

  /** @internal */
  removeFile(name: string): void {
    this.tabs.remove(name);
  }

  /** @internal */
  readFiles(): Promise<FileEntry[]> {
    return this.panelFiles.read();
  }

  /** @internal */
  clearOutput(): void {
    this.output?.clear();
    this.tabs.forgetErrors();
  }

  /** @internal */
  show(part: OutputPart): void {
    this.output?.write(part);
  }

  /** @internal */
  async ask(prompt: string): Promise<string | null> {
    return this.output?.ask(prompt) ?? null;
  }

  /** @internal */
  showOutcome({ status, error, changed, removed }: Outcome): void {
    this.panelFiles.apply({ changed, removed });
    this.tabs.refresh();
    this.requestUpdate();
    this.output?.stopAsking();
    if (status === 'stopped') this.output?.writeNote('Stopped.');
    if (error?.hint) this.output?.writeHint(error.hint);
    if (error) this.tabs.showError(error);
    this.output?.flush();
  }

  /** @internal */
  started(): void {
    for (const feature of this.features) feature.started?.();
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
        tabs: this.tabs,
        editable: this.editable,
        phase,
        status,
        failed,
        drop: this.dropTarget,
        files: this.panelFiles.list(),
        loading: { text: progressText(progress), share: progressShare(progress) },
        features: this.features,
      },
      this.buttons,
    );
  }

  private readonly buttons: Actions = {
    run: () => {
      if (!this.runs.busy) void this.run();
    },
    stop: () => void this.stop(),
    reset: () => void this.askReset(),
    addFiles: (files) => void this.tabs.addFiles(files),
    removeFile: (name) => this.removeFile(name),
    openFile: (name) => void this.tabs.show(name),
    newFile: () => void this.tabs.askName(),
  };

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
      help: { ask: (question: Question) => this.runtime.ask(question), modules: () => this.panelFiles.modules() },
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

  private takeProgram(code: string): void {
    this.draft = code;
    if (this.editor) this.editor.code = code;
    this.requestUpdate();
    void this.keep.onAuthor(code);
  }

  /** @internal */
  packageRequest(): PackageRequest {
    const folder = this.packagesUrl ?? UnrollPanel.packagesUrl;
    const absolute = (address: string) => new URL(address, document.baseURI).href;
    const names = (this.packages ?? '').split(/[\s,]+/).filter(Boolean);
    return {
      names: names.map((name) => (name.endsWith('.whl') ? absolute(name) : name)),
      index: folder ? absolute(folder.replace(/\/?$/, '/')) : null,
    };
  }

  /** @internal */
  takeNotebook(file: File): Promise<void> {
    return this.sharing.takeProgram(file);
  }

  /** Says what is wrong, in the output. @internal */
  async complain(problem: string, kind: 'stderr' | 'note' = 'stderr'): Promise<void> {
    await this.updateComplete;
    this.runs.leaveFresh();
    if (kind === 'note') this.output?.writeNote(problem);
    else this.show({ kind, text: `${problem}\n` });
  }
}

/** Properties that a page set before the element was defined would hide the accessors. */
function adoptEarlyProperties(
  panel: UnrollPanel,
  names: ('src' | 'lang' | 'code' | 'files' | 'stdin' | 'packages' | 'packagesUrl' | 'isolated')[],
): void {
  for (const name of names) {
    if (!Object.hasOwn(panel, name)) continue;
    const value = panel[name];
    delete (panel as Partial<UnrollPanel>)[name];
    Object.assign(panel, { [name]: value });
  }
}
