import type { PyodideAPI } from 'pyodide';
import type { PyProxy } from 'pyodide/ffi';
import { mostData, shortError } from '../protocol/limits';
import type { Mailbox } from '../protocol/mailbox';
import type { Answer, Around, FileEntry, Need, Outcome, ProgramError, Question, Verdict } from '../protocol/messages';
import { watchSlots } from './deep-slots';
import { Dialogue } from './dialogue';
import { Leftovers } from './leftovers';
import type { OutputSink } from './output';
import { limitMemory, limitStack } from './python-limits';
import { collectChanges, type FileSystem, prepareFolder } from './work-folder';

type RunMain = (source: string, filename: string, around: string) => string;

interface Runner {
  run_main: RunMain & { callPromising(...program: Parameters<RunMain>): Promise<string> };
  make_ready(session: string, fresh: boolean): void;
  tidy(): void;
}

/** unroll/assist.py: what the page may ask. */
interface Assist {
  ask(question: string): PyProxy;
}

interface Imports {
  needs_json(source: string, asked: string, beside: string): string;
}

/** unroll/page.py: what a program shows besides text. */
interface Page {
  connect(page: {
    figure(id: string | undefined, svg: string, title: string, data?: string): void;
    scalars(json: string): void;
  }): void;
}

/** A program, its files, and what belongs to its run. */
interface Program {
  code: string;
  files: FileEntry[];
  around: Around;
}

/** What JavaScript catches: of Python's, with the type there, or of Pyodide's end. */
interface Fault extends Error {
  type: string;
  pyodide_fatal_error: boolean;
}

type Report = { status: Outcome['status']; check?: Verdict } & Partial<ProgramError>;

/** A started Python that runs programs. See unroll/runner.py for what a run is. */
export class Session {
  private readonly runner: Runner;
  private readonly imports: Imports;
  private readonly fs: FileSystem;
  private readonly leftovers: Leftovers;
  private hasRun = false;
  /** What the program that runs and the page say to each other. */
  readonly dialogue: Dialogue;
  private sink: OutputSink | undefined;
  /** Whether a program has ended Python, by `os._exit()` or a signal. */
  private isOver = false;
  private assist: Assist | undefined;

  /** @param canSuspend whether Python can wait for promises. @param mailbox what an isolated page shares. */
  constructor(
    private readonly pyodide: PyodideAPI,
    private readonly canSuspend: boolean,
    mailbox: Mailbox | null,
  ) {
    limitMemory(pyodide);
    limitStack(pyodide);
    watchSlots(pyodide);
    this.dialogue = new Dialogue(pyodide, canSuspend, mailbox);
    this.runner = pyodide.pyimport('unroll.runner') as Runner;
    this.imports = pyodide.pyimport('unroll.imports') as Imports;
    this.fs = pyodide.FS as unknown as FileSystem;
    const page = pyodide.pyimport('unroll.page') as Page;
    page.connect({
      figure: (id, svg, title, data) =>
        this.sink?.figure({
          kind: 'figure',
          id: id ?? null,
          svg,
          title,
          ...(data && data.length < mostData && { data: JSON.parse(data) }),
        }),
      scalars: (json) => this.sink?.points(JSON.parse(json)),
    });
    pyodide.setStdout({ write: (bytes) => this.sink?.write('stdout', bytes) ?? bytes.length });
    pyodide.setStderr({ write: (bytes) => this.sink?.write('stderr', bytes) ?? bytes.length });
    this.leftovers = new Leftovers(this.fs);
  }

  /** Forgets the last program, unless the next one goes on from it. False where only another worker is free of it. */
  makeReady({ session, fresh = false }: Around): boolean {
    if (this.isOver) return false;
    try {
      const isClean = this.leftovers.clear();
      this.runner.make_ready(session ?? '', fresh);
      return isClean || !this.hasRun;
    } catch (error) {
      if (!this.hasRun) throw error;
      return false;
    }
  }

  /** The real packages that a program needs; `asked` are those that its page asks for. */
  needs(code: string, files: FileEntry[], asked: string[], around: Around): Need[] {
    prepareFolder(this.fs, code, files);
    const beside = [around.setup, around.check, ...(around.beside ?? [])].filter(Boolean);
    const needs: Need[] = JSON.parse(this.imports.needs_json(code, JSON.stringify(asked), JSON.stringify(beside)));
    const { packages } = this.pyodide.lockfile;
    return needs.filter((need) => !need.optional || need.package in packages);
  }

  /** Runs a program; output goes to `sink`, and `ask` asks the reader for a line. Throws only when Python itself broke. */
  async run({ code, files, around }: Program, sink: OutputSink, ask: (prompt: string) => void): Promise<Outcome> {
    this.sink = sink;
    this.hasRun = true;
    prepareFolder(this.fs, code, files);
    const began = performance.now();
    const { name = 'main.py', setup, check, session, fresh, seed, stdin = null } = around;
    const plan = JSON.stringify({ setup, check, session, fresh, seed });
    const { run_main } = this.runner;
    this.dialogue.begin({ sink, stdin, ask });
    const done = await this.toEnd(() =>
      this.canSuspend ? run_main.callPromising(code, name, plan) : run_main(code, name, plan),
    );
    this.dialogue.end();
    const report: Report = shortError(JSON.parse(done));
    const seconds = (performance.now() - began) / 1000;
    if (report.traceback) {
      sink.endLine('stderr');
      if (report.status === 'error') sink.text('stderr', report.traceback);
    }
    sink.end();
    const verdict = report.check && shortError(report.check);
    return {
      status: report.status,
      check: verdict,
      error: errorOf(report),
      seconds,
      ...collectChanges(this.fs, files),
    };
  }

  /** What `run` gives; where that ends Python as a process would end, the same for the code of the exit. */
  private async toEnd(run: () => string | Promise<string>): Promise<string> {
    try {
      return await run();
    } catch (error) {
      const code = (error as { status?: unknown }).status;
      if (typeof code !== 'number') throw error;
      this.isOver = true;
      if (code === 0) return '{"status": "ok"}';
      return JSON.stringify({ status: 'error', type: 'SystemExit', message: `the program exited with code ${code}` });
    }
  }

  /**
   * Tells of an error in a function of the program that JavaScript has called: nobody else hears of it. False where Python
   * itself broke.
   */
  tell(error: unknown): boolean {
    const { name, message, type, pyodide_fatal_error: isFatal } = Object(error) as Partial<Fault>;
    if (isFatal) return false;
    // A Stop is no news.
    if (type === 'KeyboardInterrupt' || !this.dialogue.isOn) return true;
    this.sink?.endLine('stderr');
    this.sink?.text('stderr', name === 'PythonError' ? `${message}` : `${error}\n`);
    return true;
  }

  /** Answers a question of the page; null where Python has no answer. */
  ask(question: Question): Answer | null {
    this.assist ??= this.pyodide.pyimport('unroll.assist') as Assist;
    const answer = this.assist.ask(JSON.stringify(question));
    const [json, ...bytes] = answer.toJs();
    answer.destroy();
    return json === null ? null : { json: JSON.parse(json), bytes };
  }

  /** Frees what the last program left behind. */
  tidy(): void {
    if (!this.isOver) this.runner.tidy();
  }
}

function errorOf({ status, type = '', message = '', line = null, ...report }: Report): ProgramError | null {
  const { place = null, traceback = '', hint } = report;
  return status === 'error' ? { type, message, line, place, traceback, ...(hint && { hint }) } : null;
}
