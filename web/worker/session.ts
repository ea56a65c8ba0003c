import type { PyodideAPI } from 'pyodide';
import type { PyProxy } from 'pyodide/ffi';
import type { OutputSink } from './output';
import type { Answer, Around, FileEntry, Need, Outcome, ProgramError, Question, Verdict } from './protocol';
import { collectChanges, type FileSystem, prepareFolder } from './work-folder';

interface Runner {
  run_main(source: string, filename: string, around: string): string;
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
    figure(id: string | undefined, svg: string, title: string): void;
    scalars(json: string): void;
  }): void;
}

type Report = { status: Outcome['status']; check?: Verdict } & Partial<ProgramError>;

/** A started Python that runs programs. See unroll/runner.py for what a run is. */
export class Session {
  private readonly runner: Runner;
  private readonly imports: Imports;
  private readonly fs: FileSystem;
  private sink: OutputSink | undefined;
  private assist: Assist | undefined;

  constructor(private readonly pyodide: PyodideAPI) {
    this.runner = pyodide.pyimport('unroll.runner') as Runner;
    this.imports = pyodide.pyimport('unroll.imports') as Imports;
    this.fs = pyodide.FS as unknown as FileSystem;
    const page = pyodide.pyimport('unroll.page') as Page;
    page.connect({
      figure: (id, svg, title) => this.sink?.figure({ kind: 'figure', id: id ?? null, svg, title }),
      scalars: (json) => this.sink?.points(JSON.parse(json)),
    });
    pyodide.setStdin({ stdin: () => null });
    pyodide.setStdout({ write: (bytes) => this.sink?.write('stdout', bytes) ?? bytes.length });
    pyodide.setStderr({ write: (bytes) => this.sink?.write('stderr', bytes) ?? bytes.length });
  }

  /** The real packages that a program needs; `asked` are those that its page asks for. */
  needs(code: string, files: FileEntry[], asked: string[], around: Around): Need[] {
    prepareFolder(this.fs, code, files);
    const beside = [around.setup, around.check, ...(around.beside ?? [])].filter(Boolean);
    const needs: Need[] = JSON.parse(this.imports.needs_json(code, JSON.stringify(asked), JSON.stringify(beside)));
    const { packages } = this.pyodide.lockfile;
    return needs.filter((need) => !need.optional || need.package in packages);
  }

  /** Runs `code` with `files` in the working folder; output goes to `sink`. Throws only when Python itself broke. */
  run(code: string, files: FileEntry[], sink: OutputSink, around: Around): Outcome {
    this.sink = sink;
    prepareFolder(this.fs, code, files);
    const began = performance.now();
    const { name = 'main.py', setup, check, session, fresh } = around;
    const plan = JSON.stringify({ setup, check, session, fresh });
    const report: Report = JSON.parse(this.runner.run_main(code, name, plan));
    const seconds = (performance.now() - began) / 1000;
    if (report.traceback) {
      sink.endLine('stderr');
      if (report.status === 'error') sink.text('stderr', report.traceback);
    }
    sink.flush();
    const { status, check: verdict } = report;
    return { status, check: verdict, error: errorOf(report), seconds, ...collectChanges(this.fs, files) };
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
    this.runner.tidy();
  }
}

function errorOf({ status, type = '', message = '', line = null, traceback = '' }: Report): ProgramError | null {
  return status === 'error' ? { type, message, line, traceback } : null;
}
