import { ProgramOver } from '../../../wasm-bindings/js/torch/errors';
import { type Stop, Stopped } from './stop';

/** How long, in milliseconds, the rest of a stopped program may take. */
const patience = 150;

/**
 * The timers of a program: it is over when its last line has run and no timer waits, and what is left of it does not reach
 * into the next one. An error in a timer or a promise that nobody catches ends it.
 */
export class Timers {
  /** What a timer calls when its time has come; null for those that come again and again. */
  private readonly waiting = new Map<number, (() => void) | null>();
  /** Whether a timer has not done all that the program may wait for. */
  private isCut = false;
  private idle: () => void = () => {};
  private fail: (error: unknown) => void = () => {};
  private readonly own = {
    setTimeout: self.setTimeout.bind(self),
    setInterval: self.setInterval.bind(self),
    clearTimeout: self.clearTimeout.bind(self),
    clearInterval: self.clearInterval.bind(self),
  };

  constructor(stop: Stop) {
    const { own } = this;
    const start = (kind: 'once' | 'again', set: (run: () => void, time?: number) => number) => {
      return (run: unknown, time?: number, ...args: unknown[]) => {
        if (typeof run !== 'function') throw new TypeError('a timer takes a function');
        stop.look();
        const call = () => {
          try {
            run(...args);
          } catch (error) {
            this.isCut = true;
            this.fail(error);
          } finally {
            if (kind === 'once') this.done(id);
          }
        };
        const id = set(call, time);
        this.waiting.set(id, kind === 'once' ? call : null);
        return id;
      };
    };
    const clear = (id?: number) => {
      own.clearTimeout(id);
      if (id !== undefined) this.done(id);
    };
    Object.assign(self, {
      setTimeout: start('once', own.setTimeout),
      setInterval: start('again', own.setInterval),
      clearTimeout: clear,
      clearInterval: clear,
    });
    self.addEventListener('error', (event) => {
      event.preventDefault();
      this.fail(event.error ?? new Error(event.message));
    });
    self.addEventListener('unhandledrejection', (event) => {
      event.preventDefault();
      // Of a program before this one.
      if (!(event.reason instanceof ProgramOver)) this.fail(event.reason);
    });
  }

  /** Resolves when the task has, and no timer waits. Rejects at the first error. */
  async watch<T>(task: Promise<T>): Promise<T> {
    const failed = new Promise<never>((_, reject) => {
      this.fail = reject;
    });
    failed.catch(() => {});
    const result = await Promise.race([task, failed]);
    await Promise.race([this.quiet(), failed]);
    return result;
  }

  /** Resolves when no timer waits, and what the last one left to do is done. */
  private async quiet(): Promise<void> {
    do {
      if (this.waiting.size > 0)
        await new Promise<void>((resolve) => {
          this.idle = resolve;
        });
      await this.pause(0);
    } while (this.waiting.size > 0);
  }

  /** The program is to end: what waits for a timer goes on at once and finds out. */
  async interrupt(): Promise<void> {
    this.isCut ||= this.waiting.size > 0;
    for (const [id, call] of [...this.waiting]) {
      this.own.clearTimeout(id);
      if (call) call();
      else this.done(id);
    }
    await this.pause(0);
    this.fail(new Stopped());
  }

  /**
   * Resolves when a task that was interrupted has ended, if it does. One that waited for a timer, by way of a promise, may wait
   * for ever, but does nothing.
   */
  async settle(task: Promise<unknown>): Promise<void> {
    const ended = task.catch(() => {});
    await (this.isCut || this.waiting.size > 0 ? Promise.race([ended, this.pause(patience)]) : ended);
  }

  private pause(time: number): Promise<void> {
    return new Promise((resolve) => this.own.setTimeout(resolve, time));
  }

  /** The program is over: its timers are cleared. */
  end(): void {
    for (const id of this.waiting.keys()) this.own.clearTimeout(id);
    this.waiting.clear();
    this.idle = this.fail = () => {};
    this.isCut = false;
  }

  private done(id: number): void {
    this.waiting.delete(id);
    if (this.waiting.size === 0) this.idle();
  }
}
