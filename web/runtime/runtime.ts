import { type Job, runMessage, stopped } from '../protocol/job';
import { Mailbox } from '../protocol/mailbox';
import type {
  Answer,
  FromWorker,
  Need,
  Outcome,
  PackageRequest,
  Progress,
  Question,
  ToWorker,
  Variant,
} from '../protocol/messages';
import { Connection } from './connection';
import { credible } from './credible';
import type { RuntimeKind } from './make-worker';
import { packageNotes, packageProblem } from './package-words';
import { Questions } from './questions';
import { explained, StartState } from './start-state';

/** How long a program may take to end by itself after an interrupt, before its worker is ended. */
const interruptGrace = 500;
/** How long a worker may take to forget the program before, in ms; that may have left a `__del__` without end. */
const cleaningGrace = 5000;

export type RuntimeState = 'off' | 'loading' | 'ready' | 'running' | 'packages' | 'restarting';

interface Task {
  id: number;
  job: Job;
  resolve: (outcome: Outcome) => void;
  reject: (error: Error) => void;
}

/**
 * Python, or JavaScript, for the page: one worker, started on the first need, that runs one program at a time.
 *
 * Events: `state` when `state` changes, `progress` while it loads, `ready` after each start.
 */
export class Runtime extends EventTarget {
  state: RuntimeState = 'off';
  progress: Progress = { stage: 'download', loaded: 0, total: 0 };
  /** Whose names are still there. */
  lastJob: Job | undefined;
  /** How often Python has started: sessions live as long as one of them. */
  starts = 0;

  private worker: Connection | undefined;
  /** Whose programs the worker has run; null: nobody's. */
  private source: string | null = null;
  private starting: Promise<void> | undefined;
  private finishStart: { resolve: () => void; reject: (error: Error) => void } | undefined;
  private readonly starter: StartState;
  private readonly mailbox: Mailbox | null;
  /** Whether a program has come to its end. */
  private hasProven = false;
  private readonly queue: Task[] = [];
  private readonly questions = new Questions();
  private current: (Task & { began: number; hasBegun: boolean }) | undefined;
  private nextId = 1;

  /** `variant` is the engine's build; null is the best that this browser runs. */
  constructor(
    variant: Variant | null = null,
    readonly kind: RuntimeKind = {},
  ) {
    super();
    this.mailbox = globalThis.crossOriginIsolated && !kind.isolated ? new Mailbox() : null;
    this.starter = new StartState(variant, kind);
  }

  /** How messages call what runs the programs. */
  private get name(): string {
    return this.isPython ? 'Python' : 'The JavaScript engine';
  }

  /** Whether programs are Python; else they are JavaScript. */
  get isPython(): boolean {
    return this.kind.language !== 'javascript';
  }

  /** Starts Python if need be. Resolves when programs can run; rejects when it cannot be loaded (and may be tried again). */
  load(): Promise<void> {
    this.starting ??= this.spawn().catch((error) => {
      this.end();
      this.setState('off');
      for (const task of this.queue.splice(0)) task.reject(error);
      throw error;
    });
    return this.starting;
  }

  /** Runs a program after those that wait already. Rejects when Python cannot be loaded or a file cannot be read. */
  run(job: Job): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.queue.push({ id: this.nextId++, job, resolve, reject });
      this.load().then(
        () => this.next(),
        () => {},
      );
    });
  }

  /** Whether it is this program that the worker runs, or fetches packages for. */
  runs(job: Job): boolean {
    return this.current?.job === job;
  }

  /** Whether a program that runs can ask the reader for a line, and hear Stop without losing what it made. */
  get canAsk(): boolean {
    return this.starter.suspend || this.mailbox !== null;
  }

  /** Asks Python while it is idle. Resolves to null where it is not up or busy, and when no answer comes. Never rejects. */
  async ask(question: Question): Promise<Answer | null> {
    if (this.state !== 'ready' || this.current) return null;
    return this.questions.ask(question, (message) => this.send(message));
  }

  /** Ends a program, running or waiting: its `run` resolves as stopped. Resolves when the next one can run. */
  async stop(job: Job): Promise<void> {
    const waiting = this.queue.find((task) => task.job === job);
    if (waiting) {
      this.queue.splice(this.queue.indexOf(waiting), 1);
      waiting.resolve(stopped);
    } else if (this.current?.job === job) {
      await this.stopCurrent(this.current);
    }
  }

  /** Ends the worker and gives its memory back. What still runs or waits never resolves. */
  close(): void {
    this.end();
    this.current = undefined;
    this.queue.length = 0;
    this.setState('off');
  }

  private async stopCurrent(task: Task): Promise<void> {
    // A program that ends by itself leaves its names and its files.
    if (this.canAsk && this.state === 'running') {
      this.mailbox?.interrupt();
      this.send({ type: 'interrupt' });
      await new Promise((resolve) => {
        this.addEventListener('state', resolve, { once: true });
        setTimeout(resolve, interruptGrace);
      });
      if (this.current !== task) return;
    }
    await this.restart(stopped);
  }

  /** Ends the worker, whatever it does, and starts a fresh one from what the first start left. */
  private async restart(outcome: Outcome): Promise<void> {
    const task = this.current;
    this.current = undefined;
    // Packages that were still on their way may be the reason for the Stop.
    if (this.state === 'packages') this.starter.packages = null;
    this.end();
    this.setState('restarting');
    if (task) task.resolve({ ...outcome, seconds: (performance.now() - task.began) / 1000 });
    await this.load();
    this.next();
  }

  private spawn(): Promise<void> {
    this.progress = { stage: this.starter.isFromMemory ? 'python' : 'download', loaded: 0, total: 0 };
    if (this.state !== 'restarting' && this.state !== 'packages') this.setState('loading');
    const worker = new Connection(this.kind, {
      receive: (message) => this.receive(message),
      onBroken: (problem) => this.onBroken(problem),
    });
    this.worker = worker;
    // Whoever waits for a start that was ended waits for this one.
    const ended = this.finishStart;
    return new Promise((resolve, reject) => {
      this.finishStart = {
        resolve: () => [ended?.resolve(), resolve()],
        reject: (error) => [ended?.reject(error), reject(error)],
      };
      worker.start(this.starter.message(this.mailbox));
    });
  }

  private end(): void {
    this.worker?.end();
    this.worker = undefined;
    this.source = null;
    this.starting = this.lastJob = undefined;
    this.questions.giveUp();
    this.mailbox?.clear();
  }

  private send(message: ToWorker): void {
    this.worker?.send(message);
  }

  private next(): void {
    if (this.current || this.state !== 'ready' || !this.worker) return;
    const task = this.queue.shift();
    if (!task) return;
    this.mailbox?.clear();
    const current = { ...task, began: performance.now(), hasBegun: false };
    this.current = current;
    const isOthers = this.kind.isolated && this.source !== null && this.source !== task.job.source;
    if (isOthers) this.starter.packages = null;
    if (isOthers) void this.renew(current);
    else this.begin(current, current.job.packages);
  }

  /** Runs a program in a worker that has run none. */
  private async renew(task: Task): Promise<void> {
    this.end();
    this.setState('restarting');
    if (await this.loadFor(task)) this.begin(task, task.job.packages);
  }

  /** Sends the current program to the worker. `packages` is null where it is to run with what is there. */
  private begin(task: Task, packages: PackageRequest | null): void {
    this.setState('running');
    task.job.onStart?.();
    const { id, job } = task;
    job.files.then(
      (files) => {
        if (this.current?.id !== id) return;
        this.watchCleaning(task);
        this.lastJob = job;
        this.source = job.source ?? '';
        this.send(runMessage(id, job, files, packages));
        // The worker of JavaScript has no packages to fetch.
        if (!this.isPython) this.onBegun(id);
      },
      (error) => {
        if (this.leave(id)) task.reject(error);
        this.next();
      },
    );
  }

  /** A worker that does not come to the program, because it cannot forget the one before, is replaced. */
  private watchCleaning(task: Task): void {
    if (this.source === null || !this.isPython) return;
    const isWaiting = () => this.current === task && !this.current.hasBegun && this.state === 'running';
    setTimeout(() => isWaiting() && void this.renew(task), cleaningGrace);
  }

  /** Starts the worker again with the packages that its program needs, and runs it. */
  private async change(id: number, asked: Need[]): Promise<void> {
    const task = this.current;
    if (task?.id !== id) return;
    const needs = this.kind.isolated ? credible(asked, task.job) : asked;
    this.end();
    this.setState('packages');
    const names = needs.map((need) => need.package);
    this.starter.packages = names.length > 0 ? { names, index: task.job.packages.index } : null;
    if (!(await this.loadFor(task))) return;
    const { report } = this.starter;
    const problem = report && packageProblem(needs, report);
    if (problem) {
      task.job.onOutput?.([{ kind: 'stderr', text: `${problem}\n` }]);
      const error = { type: 'LoadError', message: problem, line: null, traceback: `${problem}\n` };
      this.leave(id);
      task.resolve({ ...stopped, status: 'error', error });
      this.next();
      return;
    }
    const notes = report ? packageNotes(needs, report) : [];
    this.begin(task, null);
    task.job.onOutput?.(notes.map((text) => ({ kind: 'note', text })));
  }

  /** Starts Python for the current program. False where that fails, or the program is ended meanwhile. */
  private async loadFor(task: Task): Promise<boolean> {
    try {
      await this.load();
    } catch (error) {
      if (this.current === task) this.current = undefined;
      task.reject(error as Error);
    }
    return this.current === task;
  }

  /** Takes the program off the worker. False when it is no longer the one that runs. */
  private leave(id: number): boolean {
    if (this.current?.id !== id) return false;
    this.current = undefined;
    this.setState('ready');
    return true;
  }

  private receive(message: FromWorker): Promise<void> | undefined {
    switch (message.type) {
      case 'progress':
        this.progress = message.progress;
        this.dispatchEvent(new Event('progress'));
        break;
      case 'ready':
        this.onStarted(message);
        break;
      case 'needs':
        void this.change(message.id, message.needs);
        break;
      case 'spent':
        if (this.current?.id === message.id) void this.renew(this.current);
        break;
      case 'failed':
        this.onBroken(message.message);
        break;
      case 'begun':
        this.onBegun(message.id);
        break;
      case 'output':
        return this.current?.id === message.id ? this.current.job.onOutput?.(message.parts) : undefined;
      case 'input':
        void this.askReader(message.id, message.prompt);
        break;
      case 'done':
        this.onDone(message.id, message.outcome);
        break;
      case 'answer':
        this.questions.settle(message.id, message.answer);
        break;
      case 'crashed':
        if (this.current?.id === message.id) this.onBroken(message.message);
        break;
    }
    return undefined;
  }

  private async askReader(id: number, prompt: string): Promise<void> {
    const line = await this.current?.job.onInput?.(prompt);
    if (this.current?.id !== id) return;
    const text = line === undefined || line === null ? '' : `${line}\n`;
    if (this.starter.suspend) this.send({ type: 'line', text });
    else this.mailbox?.put(text);
  }

  private onStarted(message: Extract<FromWorker, { type: 'ready' }>): void {
    const { finishStart } = this;
    if (!finishStart) return;
    this.finishStart = undefined;
    this.starter.onReady(message);
    this.starts++;
    this.setState('ready');
    this.dispatchEvent(new Event('ready'));
    finishStart.resolve();
  }

  private onBegun(id: number): void {
    if (this.current?.id !== id || this.current.hasBegun) return;
    this.current.hasBegun = true;
    this.current.job.onBegin?.();
  }

  private onDone(id: number, outcome: Outcome): void {
    const task = this.current;
    if (!this.leave(id)) return;
    this.hasProven = true;
    task?.resolve(outcome);
    this.next();
  }

  /** The worker failed: while it started, or Python broke under a program (out of memory, a bug of ours). */
  private onBroken(message: string): void {
    if (this.state === 'loading' || this.state === 'restarting' || this.state === 'packages') {
      this.starter.onFailed();
      this.worker?.end(true);
      const { finishStart } = this;
      this.finishStart = undefined;
      finishStart?.reject(new Error(`${this.name} could not be loaded: ${explained(message)}`));
      return;
    }
    if (this.current && this.starter.suspend && !this.hasProven && message.includes('SuspendError')) {
      void this.runAgain(this.current);
      return;
    }
    const traceback = `${this.name} stopped working and was started again.\n${message}\n`;
    this.current?.job.onOutput?.([{ kind: 'stderr', text: traceback }]);
    const error = { type: 'RuntimeCrash', message, line: null, traceback };
    this.restart({ ...stopped, status: 'error', error }).catch(() => {});
  }

  /** Runs a program once more, in a worker whose programs do not wait: it broke because it did. */
  private async runAgain(task: Task): Promise<void> {
    this.starter.goWithoutWaiting();
    this.end();
    this.setState('restarting');
    if (!(await this.loadFor(task))) return;
    task.job.onAgain?.();
    this.begin(task, task.job.packages);
  }

  private setState(state: RuntimeState): void {
    this.state = state;
    this.dispatchEvent(new Event('state'));
  }
}
