import { Process } from '../../../wasm-bindings/js/torch/process';
import { type Changes, Globals } from './globals';
import type { Names } from './names';

/** What the programs of a session share; a program without one has it to itself. */
export class Session {
  readonly process = new Process();
  /** The top-level names of its programs. */
  readonly names: Names = {};
  /** The global names of its programs, while those of another session run. */
  globals: Changes = new Map();

  /** A program begins that has these top-level names. */
  add(names: Names): void {
    Object.defineProperties(this.names, Object.getOwnPropertyDescriptors(names));
  }
}

/** Sessions by their names, and which of them runs; see unroll/sessions.py. */
export class Sessions {
  private readonly named = new Map<string, Session>();
  private readonly globals = new Globals();
  private current: Session | null = null;

  /** The session of the next program: one of this name, new where there is none or where it is to be `fresh`. */
  enter(name: string | null, fresh: boolean): Session {
    const known = name === null ? undefined : this.named.get(name);
    if (known && known === this.current && !fresh) return known;
    this.leave();
    if (known && fresh) known.process.end();
    const next = known && !fresh ? known : new Session();
    if (name !== null) this.named.set(name, next);
    this.globals.reset(next.globals);
    next.process.resume();
    this.current = next;
    return next;
  }

  /** Lets the session's next programs use these names. Their values are looked up when they are used. */
  offer(names: object): void {
    this.globals.offer(names);
  }

  private leave(): void {
    const { current } = this;
    if (!current) return;
    if ([...this.named.values()].includes(current)) {
      current.globals = this.globals.changes();
      current.process.pause();
    } else {
      current.process.end();
    }
  }
}
