import { ProgramOver } from '../../../wasm-bindings/js/torch/errors';

/**
 * The timers of a program: it is over when its last line has run and no timer waits, and what is left of it does not reach
 * into the next one. An error in a timer or a promise that nobody catches ends it.
 */
export class Timers {
  private readonly waiting = new Map<number, 'once' | 'again'>();
  private idle: () => void = () => {};
  private fail: (error: unknown) => void = () => {};
  private readonly own = {
    setTimeout: self.setTimeout.bind(self),
    setInterval: self.setInterval.bind(self),
    clearTimeout: self.clearTimeout.bind(self),
    clearInterval: self.clearInterval.bind(self),
  };

  constructor() {
    const { own } = this;
    const start = (kind: 'once' | 'again', set: (run: () => void, time?: number) => number) => {
      return (run: unknown, time?: number, ...args: unknown[]) => {
        if (typeof run !== 'function') throw new TypeError('a timer takes a function');
        const id = set(() => {
          try {
            run(...args);
          } catch (error) {
            this.fail(error);
          } finally {
            if (kind === 'once') this.done(id);
          }
        }, time);
        this.waiting.set(id, kind);
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
      await new Promise((resolve) => this.own.setTimeout(resolve));
    } while (this.waiting.size > 0);
  }

  /** The program is over: its timers are cleared. */
  end(): void {
    for (const id of this.waiting.keys()) this.own.clearTimeout(id);
    this.waiting.clear();
    this.idle = this.fail = () => {};
  }

  private done(id: number): void {
    this.waiting.delete(id);
    if (this.waiting.size === 0) this.idle();
  }
}
