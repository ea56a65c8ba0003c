import { LitElement } from 'lit';
import type { Editor, EditorOptions } from '../editor/editor';
import { PlainEditor } from '../editor/plain-editor';
import type { FigurePart, Outcome, OutputPart, PackageRequest, ProgramError } from '../worker/protocol';
import { type Job, type Runtime, sharedRuntime } from '../worker/runtime';
import { codeAt, codeInside } from './author-code';
import { type FileContent, PanelFiles } from './panel-files';
import { ProgramOutput } from './program-output';
import { styles } from './styles';
import { type Actions, panelTemplate } from './template';
import { Transcript } from './transcript';
import { duration, progressShare, progressText } from './words';

/** What `run()` resolves to. */
export interface RunResult {
  status: 'ok' | 'error' | 'stopped';
  /** All that the program wrote to its standard output; of a very long one the last part. */
  stdout: string;
  /** The same for its standard error, where Python also writes the traceback. */
  stderr: string;
  /** The pictures that it showed, in order; of those with one id the last. */
  figures: { svg: string; title: string }[];
  error: ProgramError | null;
  /** How long the program ran; loading is not in it. */
  seconds: number;
}

/** What the panel is doing. */
export type Phase = 'fresh' | 'loading' | 'waiting' | 'running' | 'packages' | 'restarting' | 'done';

/**
 * `<unroll-panel>`: an editor with a Python program that runs on the reader's machine.
 *
 * Around a `<pre>` with the program, or with `src`. Events (bubbling, composed): `unroll-ready` when Python is up,
 * `unroll-output` {stream, text} as the program writes, `unroll-figure` {svg, title, id}, `unroll-done` with the result of the run.
 */
export class UnrollPanel extends LitElement {
  static styles = styles;
  static properties = {
    src: { type: String, noAccessor: true },
    packages: { type: String },
    packagesUrl: { type: String, attribute: 'packages-url' },
    phase: { state: true },
    dropping: { state: true },
  };

  /** Where the panels of this page that do not say so themselves get real packages from; null for Pyodide's own index. */
  static packagesUrl: string | null = null;

  /** Real packages for the program, apart by spaces or commas: names as in the index, or addresses of wheels. */
  declare packages: string | null;
  /** Folder with `pyodide-lock.json` and wheels to load real packages from, in place of Pyodide's own index. */
  declare packagesUrl: string | null;

  /** @internal */
  declare phase: Phase;
  /** @internal */
  declare dropping: boolean;

  private readonly panelFiles = new PanelFiles();
  private readonly runtime: Runtime = sharedRuntime();
  private editor: Editor | undefined;
  private output: ProgramOutput | undefined;
  /** What `reset` comes back to. */
  private authorCode: string | undefined;
  private draft = '';
  private address: string | null = null;
  /** While the program that `src` names is on its way. */
  private arriving: Promise<void> | undefined;
  private job: Job | undefined;
  /** How the last run ended, in words. */
  private summary = '';
  private failed = false;

  constructor() {
    super();
    this.phase = 'fresh';
    this.dropping = false;
    adoptEarlyProperties(this, ['src', 'code', 'files', 'packages', 'packagesUrl']);
  }

  /** Address of the program, relative to the page. */
  get src(): string | null {
    return this.address;
  }

  set src(src: string | null) {
    this.address = src;
    if (src) this.arriving = this.readSrc(src);
  }

  /** The program. Setting it is the author's doing: `reset()` comes back to what was set last. */
  get code(): string {
    return this.editor?.code ?? this.draft;
  }

  set code(code: string) {
    this.authorCode = this.draft = String(code);
    if (this.editor) this.editor.code = this.authorCode;
  }

  /** Files that the program can open, by name; what a program writes is here after its run. Setting replaces all. */
  get files(): Record<string, FileContent> {
    return this.panelFiles.getAll();
  }

  set files(files: Record<string, FileContent> | Map<string, FileContent>) {
    this.panelFiles.setAll(files);
    this.requestUpdate();
  }

  /** Runs the program as it stands in the editor. A run that goes on already is ended first. Never rejects. */
  async run(): Promise<RunResult> {
    if (this.arriving) await this.arriving;
    if (this.job) void this.stop();
    const job: Job = { code: this.code, files: this.panelFiles.read(), packages: this.packageRequest() };
    this.job = job;
    const record = new Transcript();
    job.onStart = () => this.onStart(job);
    job.onOutput = (parts) => this.onOutput(job, parts, record);
    this.begin();
    const outcome = await this.execute(job, record);
    const { status, error, seconds } = outcome;
    const result: RunResult = { status, ...record.result, error, seconds };
    if (this.job === job) this.finish(outcome);
    this.announce('unroll-done', result);
    return result;
  }

  /** Ends the program. Its `run()` resolves as 'stopped' at once; this resolves when the panel can run again. */
  async stop(): Promise<void> {
    if (!this.job) return;
    await this.runtime.stop(this.job).catch(() => {});
  }

  /** The author's code and files again; stops a running program and clears the output. */
  reset(): void {
    void this.stop();
    this.job = undefined;
    this.panelFiles.reset();
    if (this.code !== this.authorCode) this.edit(this.authorCode ?? '');
    this.editor?.markError(null);
    this.output?.clear();
    this.summary = '';
    this.failed = false;
    this.phase = 'fresh';
    this.requestUpdate();
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

  connectedCallback(): void {
    super.connectedCallback();
    if (this.authorCode === undefined) this.readInside();
    this.runtime.addEventListener('state', this.onRuntimeState);
    this.runtime.addEventListener('progress', this.onProgress);
    this.runtime.addEventListener('ready', this.onReady);
  }

  disconnectedCallback(): void {
    super.disconnectedCallback();
    this.runtime.removeEventListener('state', this.onRuntimeState);
    this.runtime.removeEventListener('progress', this.onProgress);
    this.runtime.removeEventListener('ready', this.onReady);
    void this.stop();
  }

  focus(): void {
    this.editor?.focus();
  }

  protected render() {
    const { progress } = this.runtime;
    return panelTemplate(
      {
        phase: this.phase,
        status: this.status,
        failed: this.failed,
        dropping: this.dropping,
        files: this.panelFiles.list(),
        loading: { text: progressText(progress), share: progressShare(progress) },
      },
      this.actions,
    );
  }

  private readonly actions: Actions = {
    run: () => {
      if (!this.job) void this.run();
    },
    stop: () => void this.stop(),
    reset: () => this.reset(),
    addFiles: (files) => void this.addFiles(files),
    removeFile: (name) => this.removeFile(name),
    openFile: (name) => void this.output?.openFile(name, this.panelFiles.getAll()[name]),
    dragOver: (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      this.dropping = true;
    },
    dragLeave: (event) => {
      const inside = event.currentTarget as Node;
      if (!inside.contains(event.relatedTarget as Node | null)) this.dropping = false;
    },
    drop: (event) => {
      this.dropping = false;
      const files = event.dataTransfer?.files;
      if (!files?.length) return;
      event.preventDefault();
      void this.addFiles([...files]);
    },
  };

  protected firstUpdated(): void {
    const root = this.renderRoot as ShadowRoot;
    this.output = new ProgramOutput(root);
    const options: EditorOptions = {
      parent: root.querySelector('.editor') as HTMLElement,
      root,
      doc: this.draft,
      describedBy: 'leave-hint',
      onRun: this.actions.run,
      onChange: () => this.editor?.markError(null),
      onTabMode: (leaves) => root.querySelector('.leave-hint')?.classList.toggle('active', leaves),
    };
    const plain = new PlainEditor(options);
    this.editor = plain;
    void this.bringEditor(plain, options);
    if (!this.authorCode) this.readInside();
  }

  /** CodeMirror comes when the panel is there to be seen; without it the plain editor stays. */
  private async bringEditor(plain: PlainEditor, options: EditorOptions): Promise<void> {
    await new Promise(requestAnimationFrame);
    try {
      const { CodeEditor } = await import('../editor/code-editor');
      await plain.settled();
      this.editor = plain.giveWay((doc) => new CodeEditor({ ...options, doc }));
    } catch {}
  }

  /** A parser that is not yet through has not yet put the `<pre>` in. */
  private readInside(): void {
    const read = () => {
      if (!this.src) this.code = codeInside(this);
    };
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', read, { once: true });
    else read();
  }

  private async readSrc(src: string): Promise<void> {
    try {
      const code = await codeAt(src);
      if (this.src === src) this.code = code;
    } catch (error) {
      await this.updateComplete;
      this.phase = 'done';
      this.output?.write({ kind: 'stderr', text: `${(error as Error).message}\n` });
    }
    if (this.src === src) this.arriving = undefined;
  }

  private packageRequest(): PackageRequest {
    const folder = this.packagesUrl ?? UnrollPanel.packagesUrl;
    const absolute = (address: string) => new URL(address, document.baseURI).href;
    const names = (this.packages ?? '').split(/[\s,]+/).filter(Boolean);
    return {
      names: names.map((name) => (name.endsWith('.whl') ? absolute(name) : name)),
      index: folder ? absolute(folder.replace(/\/?$/, '/')) : null,
    };
  }

  private begin(): void {
    this.output?.clear();
    this.editor?.markError(null);
    this.summary = '';
    this.failed = false;
    this.phase = this.waitingPhase();
  }

  private waitingPhase(): Phase {
    const { state } = this.runtime;
    if (state === 'restarting' || state === 'packages') return state;
    return state === 'off' || state === 'loading' ? 'loading' : 'waiting';
  }

  private async execute(job: Job, record: Transcript): Promise<Outcome> {
    try {
      return await this.runtime.run(job);
    } catch (cause) {
      const { message } = cause as Error;
      const traceback = `${message}\n`;
      this.onOutput(job, [{ kind: 'stderr', text: traceback }], record);
      const error = { type: 'LoadError', message, line: null, traceback };
      return { status: 'error', error, seconds: 0, changed: [], removed: [] };
    }
  }

  private onStart(job: Job): void {
    if (this.job === job) this.phase = 'running';
  }

  private onOutput(job: Job, parts: OutputPart[], record: Transcript): void {
    for (const part of parts) {
      record.add(part);
      if (this.job === job) this.output?.write(part);
      if (part.kind === 'figure') this.announceFigure(part);
      else if (part.kind === 'stdout' || part.kind === 'stderr')
        this.announce('unroll-output', { stream: part.kind, text: part.text });
    }
  }

  private finish({ status, error, seconds, ...changes }: Outcome): void {
    this.job = undefined;
    this.panelFiles.apply(changes);
    this.failed = error !== null;
    if (status === 'stopped') this.output?.writeNote('Stopped.');
    if (error?.line) this.editor?.markError(error.line);
    const place = error?.line ? ` on line ${error.line}` : '';
    if (error) this.summary = `${error.type}${place}`;
    else this.summary = `${status === 'ok' ? 'Finished in' : 'Stopped after'} ${duration(seconds)}`;
    this.phase = 'done';
    this.output?.flush();
  }

  private readonly onRuntimeState = (): void => {
    // 'ready' lasts a moment: this panel's program starts, or another one's.
    const { state } = this.runtime;
    if (!this.job || state === 'ready') return;
    if (this.phase !== 'running' || (state === 'packages' && this.runtime.runs(this.job)))
      this.phase = this.waitingPhase();
  };

  private readonly onReady = (): void => this.announce('unroll-ready', {});

  private readonly onProgress = (): void => {
    if (this.phase === 'loading' || this.phase === 'packages') this.requestUpdate();
  };

  private async addFiles(files: Iterable<File>): Promise<void> {
    for (const file of files) {
      try {
        const bytes = new Uint8Array(await file.arrayBuffer());
        if (file.name === 'main.py') this.edit(new TextDecoder().decode(bytes));
        else this.panelFiles.set(file.name, bytes);
      } catch {
        this.output?.writeNote(`${file.name} could not be read: a folder cannot be added, only files.`);
        if (this.phase === 'fresh') this.phase = 'done';
      }
    }
    this.requestUpdate();
  }

  private removeFile(name: string): void {
    this.panelFiles.delete(name);
    this.requestUpdate();
  }

  private announce(type: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  private announceFigure({ svg, title, id }: FigurePart): void {
    this.announce('unroll-figure', { svg, title, id });
  }

  /** What the status line says; screen readers hear it. */
  private get status(): string {
    if (this.phase === 'loading') return 'Loading Python';
    if (this.phase === 'packages') return 'Loading packages';
    if (this.phase === 'waiting') return 'Waiting';
    if (this.phase === 'running') return 'Running…';
    return this.phase === 'restarting' ? 'Starting again' : this.summary;
  }
}

/** Properties that a page set before the element was defined would hide the accessors. */
function adoptEarlyProperties(
  panel: UnrollPanel,
  names: ('src' | 'code' | 'files' | 'packages' | 'packagesUrl')[],
): void {
  for (const name of names) {
    if (!Object.hasOwn(panel, name)) continue;
    const value = panel[name];
    delete (panel as Partial<UnrollPanel>)[name];
    Object.assign(panel, { [name]: value });
  }
}
