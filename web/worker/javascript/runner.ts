import { beforeOps } from '../../../wasm-bindings/js/torch/core';
import * as torch from '../../../wasm-bindings/js/torch/torch';
import { shortError } from '../../protocol/limits';
import type { Answer, Around, FileEntry, Outcome, Question, Verdict } from '../../protocol/messages';
import type { OutputSink } from '../output';
import { connectConsole } from './console';
import { exercise, SetupFailed } from './exercise';
import { Files } from './files';
import { answerFor } from './inspect';
import { Linker } from './linker';
import { Page } from './page';
import { type Session, Sessions } from './sessions';
import { describe, LearnerError } from './stack';
import { Stop, Stopped } from './stop';
import { Timers } from './timers';

/** A program, its files, and what belongs to its run. */
interface Program {
  code: string;
  files: FileEntry[];
  around: Around;
}

/** Runs programs, one after another, each as `node main.js` would: with names, timers and tensors of its own. */
export class Runner {
  private readonly stop: Stop;
  private readonly timers: Timers;
  private readonly page: Page;
  private readonly sessions: Sessions;
  /** That of the last program. */
  private session: Session | null = null;

  /** @param shared what an isolated page shares: see Stop */
  constructor(shared: Uint8Array | null) {
    this.stop = new Stop(shared);
    this.timers = new Timers(this.stop);
    this.page = new Page();
    // Behind the global names that these have changed.
    this.sessions = new Sessions();
    beforeOps(this.stop.look);
  }

  /** Runs a program; output goes to `sink`, and `ask` asks the reader for a line. */
  async run(
    { code, files: given, around }: Program,
    sink: OutputSink,
    ask: (prompt: string) => void,
  ): Promise<Outcome> {
    const { name = 'main.js', session = null, fresh = false, seed = null, stdin = null } = around;
    this.session = this.sessions.enter(session, fresh);
    if (seed !== null) torch.manualSeed(seed);
    const files = new Files(given);
    this.page.begin({ sink, files, stdin, ask });
    const recorder = connectConsole(sink, Boolean(around.check), this.stop.look);
    const began = performance.now();
    let verdict: Verdict | undefined;
    let failure: unknown;
    const linker = new Linker(torch, files);
    this.stop.begin();
    const task = this.execute(linker, name, code, around, () => recorder());
    try {
      verdict = await this.timers.watch(task);
    } catch (error) {
      failure = error ?? new Error(String(error));
    }
    const isStopped = this.stop.asked;
    if (isStopped) await this.timers.settle(task);
    this.stop.end();
    this.timers.end();
    this.page.end();
    const seconds = (performance.now() - began) / 1000;
    const error = isStopped || failure === undefined ? null : shortError(describe(failure, linker, name));
    if (error) {
      sink.endLine('stdout');
      sink.text('stderr', error.traceback);
    }
    sink.end();
    linker.release();
    const status = isStopped ? 'stopped' : error ? 'error' : 'ok';
    const told = status === 'ok' && verdict ? shortError(verdict) : undefined;
    return { status, check: told, error, seconds, ...files.changes() };
  }

  /** Ends the program that runs: by an exception at its next call of the engine, or out of what it waits for. */
  interrupt(): void {
    if (!this.stop.ask()) return;
    this.page.interrupt(new Stopped());
    void this.timers.interrupt();
  }

  /** A line that the reader typed, with its end; '' is the end of the input. */
  answer(text: string): void {
    this.page.answer(text);
  }

  /** Answers a question of the page about the last program's names. */
  ask(question: Question): Answer | null {
    return answerFor(question, this.session?.names ?? {});
  }

  private async execute(
    linker: Linker,
    name: string,
    code: string,
    { setup, check, session }: Around,
    printed: () => string,
  ): Promise<Verdict | undefined> {
    if (setup) {
      try {
        const made = await linker.run('setup.js', setup);
        this.sessions.offer(made);
      } catch (error) {
        throw error instanceof LearnerError ? error : new SetupFailed(error);
      }
    }
    const exam = check ? exercise(check, { source: code, printed }) : null;
    const names = await linker.run(name, code, exam?.code, (names) => this.session?.add(names));
    if (session) this.sessions.offer(names);
    return exam?.verdict();
  }
}
