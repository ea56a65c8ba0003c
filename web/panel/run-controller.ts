import { type Job, stopped } from '../protocol/job';
import type { FigurePart, Outcome, OutputPart, ProgramError, Verdict } from '../protocol/messages';
import type { Runtime } from '../runtime/runtime';
import { duration } from '../ui/words';
import { Transcript, textsOf } from './transcript';

/** What `run()` resolves to. */
export interface RunResult {
  status: 'ok' | 'error' | 'stopped';
  /**
   * All that the program wrote to its standard output; of a very long one the last part. Where it wrote more at once than
   * a page can take, words in the middle say how much was left out.
   */
  stdout: string;
  /** The same for its standard error, where Python also writes the traceback. */
  stderr: string;
  /** The pictures that it showed, in order; of those with one id the last. */
  figures: { svg: string; title: string }[];
  error: ProgramError | null;
  /** What the exercise's check found; null where there is none, and where the program did not end well. */
  check: Verdict | null;
  /** How long the program ran; loading is not in it. */
  seconds: number;
}

/** What the panel is doing. */
export type Phase = 'fresh' | 'loading' | 'waiting' | 'running' | 'packages' | 'restarting' | 'done';

/** What a run asks of its panel. */
export interface RunHost {
  readonly runtime: Runtime;
  /** The program and its files as they are now. */
  makeJob(): Promise<Job>;
  /** Clears what the last run showed. */
  clearOutput(): void;
  show(part: OutputPart): void;
  /** Asks the reader for a line for the program; null is the end of the input. */
  ask(prompt: string): Promise<string | null>;
  /** Takes over how the run ended: files, error mark. */
  showOutcome(outcome: Outcome): void;
  /** Resolves when there is room for more output. */
  hasRoom(): Promise<void> | undefined;
  /** Resolves when all output is on the page. */
  shown(): Promise<void>;
  started(): void;
  /** Hears when the program begins to wait for the reader, and when it goes on. */
  waiting(waits: boolean): void;
  stopping(): void;
  afterRun(result: RunResult): void;
  announce(type: string, detail: object): void;
  requestUpdate(): void;
}

interface Run {
  /** What was sent to the runtime; nothing yet while the program and its files are on their way. */
  job?: Job;
  ended: boolean;
  /** Ends the wait for the job. */
  giveUp: () => void;
  result?: Promise<RunResult>;
}

/** The runs of one panel, and what its status line says. */
export class RunController {
  phase: Phase = 'fresh';
  /** How the last run ended, in words. */
  summary = '';
  failed = false;
  /** Whether the last program looked for a file that is not there. */
  missedFile = false;
  /** Whether the program waits for a line that the reader types. */
  private asks = false;
  /** The run that counts. A later one takes its place even while this one waits for its job. */
  private current: Run | undefined;
  private lastJob: Job | undefined;
  /** The runtime whose events are heard, while the panel is in the page. */
  private heard: Runtime | undefined;

  constructor(private readonly host: RunHost) {}

  /** Whether a run goes on or waits. */
  get busy(): boolean {
    return this.current !== undefined;
  }

  /** Whether what the last program left is this panel's, or of the session that it shares. */
  get isLast(): boolean {
    const { lastJob: last } = this.host.runtime;
    if (!last || !this.lastJob) return false;
    return last === this.lastJob || (last.session ? last.session === this.lastJob.session : false);
  }

  /** The result of the run that goes on, if one does. */
  get running(): Promise<RunResult> | undefined {
    return this.current?.result;
  }

  /** Runs the program as it stands. A run that goes on already is ended first. Never rejects. */
  run(): Promise<RunResult> {
    if (this.current) void this.stop();
    const run: Run = { ended: false, giveUp: () => {} };
    this.current = run;
    this.begin();
    run.result = this.carryOut(run);
    return run.result;
  }

  private async carryOut(run: Run): Promise<RunResult> {
    const record = new Transcript();
    const outcome = await this.execute(run, record);
    const { status, error, check = null, seconds } = outcome;
    const result: RunResult = { status, ...record.result, error, check, seconds };
    if (this.current === run) {
      if (status === 'ok' && record.isEmpty) this.host.show({ kind: 'note', text: this.nothingShown });
      this.finish(outcome, result);
      await this.host.shown();
    }
    this.host.announce('unroll-done', result);
    return result;
  }

  private get nothingShown(): string {
    const show = this.host.runtime.isPython ? 'print(…)' : 'console.log(…)';
    return `The program ended without any output. To see a value, write ${show}.`;
  }

  /** Ends the program. Its `run()` resolves as 'stopped' at once; this resolves when the panel can run again. */
  async stop(): Promise<void> {
    const run = this.current;
    if (!run) return;
    run.ended = true;
    run.giveUp();
    this.host.stopping();
    if (run.job) await this.host.runtime.stop(run.job).catch(() => {});
  }

  /** As before the first run. */
  reset(): void {
    void this.stop();
    this.current = undefined;
    this.summary = '';
    this.failed = false;
    this.setPhase('fresh');
  }

  /** Something of the panel's own is in the output: what stands there before the first run gives way. */
  leaveFresh(): void {
    if (this.phase === 'fresh') this.setPhase('done');
  }

  connect(): void {
    this.heard = this.host.runtime;
    this.heard.addEventListener('state', this.onRuntimeState);
    this.heard.addEventListener('progress', this.onProgress);
    this.heard.addEventListener('ready', this.onReady);
  }

  disconnect(): void {
    void this.stop();
    this.heard?.removeEventListener('state', this.onRuntimeState);
    this.heard?.removeEventListener('progress', this.onProgress);
    this.heard?.removeEventListener('ready', this.onReady);
    this.heard = undefined;
  }

  /** Ends what runs, lets `change` give the host another runtime, and goes on with that. */
  changeRuntime(change: () => void): void {
    const wasConnected = this.heard !== undefined;
    this.disconnect();
    change();
    if (wasConnected) this.connect();
  }

  /** What the status line says; screen readers hear it. */
  get status(): string {
    if (this.phase === 'loading') return `Loading ${this.host.runtime.isPython ? 'Python' : 'JavaScript'}`;
    if (this.phase === 'packages') return 'Loading packages';
    if (this.phase === 'waiting') return 'Waiting';
    if (this.phase === 'running') return this.asks ? 'Waiting for your input' : 'Running…';
    return this.phase === 'restarting' ? 'Restarting' : this.summary;
  }

  private begin(): void {
    this.host.clearOutput();
    this.summary = '';
    this.failed = false;
    this.setPhase(this.waitingPhase());
  }

  private async execute(run: Run, record: Transcript): Promise<Outcome> {
    const show = (parts: OutputPart[]) => this.onOutput(run, parts, record);
    try {
      const job = await this.jobOf(run);
      if (!job || run.ended) return stopped;
      run.job = this.lastJob = job;
      job.onStart = () => {
        if (this.current !== run) return;
        this.setPhase('running');
      };
      job.onAgain = () => {
        record.clear();
        if (this.current === run) this.host.clearOutput();
      };
      job.onBegin = () => {
        if (this.current === run) this.host.started();
      };
      job.onOutput = show;
      job.onInput = (prompt) => this.ask(run, prompt);
      return await this.host.runtime.run(job);
    } catch (cause) {
      const { message } = cause as Error;
      const traceback = `${message}\n`;
      show([{ kind: 'stderr', text: traceback }]);
      const error = { type: 'LoadError', message, line: null, traceback };
      return { status: 'error', error, seconds: 0, changed: [], removed: [] };
    }
  }

  /** The program and what belongs to it; null where the run is ended before all of it is there. */
  private jobOf(run: Run): Promise<Job | null> {
    const ended = new Promise<null>((resolve) => {
      run.giveUp = () => resolve(null);
    });
    return Promise.race([this.host.makeJob(), ended]);
  }

  private async ask(run: Run, prompt: string): Promise<string | null> {
    if (this.current !== run) return null;
    this.setAsks(true);
    const line = await this.host.ask(prompt);
    this.setAsks(false);
    return line;
  }

  private setAsks(asks: boolean): void {
    this.asks = asks;
    this.host.waiting(asks);
    this.host.requestUpdate();
  }

  private onOutput(run: object, parts: OutputPart[], record: Transcript): Promise<void> | undefined {
    for (const part of parts) {
      record.add(part);
      if (this.current === run) this.host.show(part);
      if (part.kind === 'figure') this.announceFigure(part);
      for (const { kind, text } of textsOf(part)) this.host.announce('unroll-output', { stream: kind, text });
    }
    return this.current === run ? this.host.hasRoom() : undefined;
  }

  private finish(outcome: Outcome, result: RunResult): void {
    const { status, error, seconds } = outcome;
    this.current = undefined;
    this.failed = error !== null;
    this.missedFile = error?.type === 'FileNotFoundError';
    const place = error?.line ? ` on line ${error.line}` : '';
    if (error) this.summary = `${error.type}${place}`;
    else if (seconds === 0) this.summary = status === 'ok' ? 'Finished' : 'Stopped';
    else this.summary = `${status === 'ok' ? 'Finished in' : 'Stopped after'} ${duration(seconds)}`;
    this.setPhase('done');
    // A run ends, whatever a worker made of its outcome.
    for (const take of [() => this.host.showOutcome(outcome), () => this.host.afterRun(result)]) {
      try {
        take();
      } catch (error) {
        reportError(error);
      }
    }
  }

  private waitingPhase(): Phase {
    const { state } = this.host.runtime;
    if (state === 'restarting' || state === 'packages') return state;
    return state === 'off' || state === 'loading' ? 'loading' : 'waiting';
  }

  private setPhase(phase: Phase): void {
    this.phase = phase;
    this.host.requestUpdate();
  }

  private readonly onRuntimeState = (): void => {
    // 'ready' lasts a moment: this panel's program starts, or another one's.
    const { runtime } = this.host;
    if (!this.current || runtime.state === 'ready') return;
    const fetches = runtime.state === 'packages' && this.current.job && runtime.runs(this.current.job);
    if (this.phase !== 'running' || fetches) this.setPhase(this.waitingPhase());
  };

  private readonly onReady = (): void => this.host.announce('unroll-ready', {});

  private readonly onProgress = (): void => {
    if (this.phase === 'loading' || this.phase === 'packages') this.host.requestUpdate();
  };

  private announceFigure({ svg, title, id }: FigurePart): void {
    this.host.announce('unroll-figure', { svg, title, id });
  }
}
