import { ProgramOver } from '../../../wasm-bindings/js/torch/errors';

/** Milliseconds after which a Stop that a program has swallowed is said again. */
const patience = 250;

/** What a program gets that the reader stops: where it calls the engine or prints, and out of what it waits for. */
export class Stopped extends ProgramOver {
  override name = 'Stopped';

  constructor() {
    super('the reader has stopped this program');
  }
}

/**
 * Stop, as the program that runs hears it. A message of the page comes only when the program waits; on an isolated page
 * there is a byte in memory that both share.
 */
export class Stop {
  /** Whether the program is to end. */
  asked = false;
  private runs = false;
  private said = 0;
  private requests = new AbortController();

  /** @param shared the memory of a `Mailbox` */
  constructor(private readonly shared: Uint8Array | null) {
    const fetch = self.fetch.bind(self);
    self.fetch = (input, init) => fetch(input, { ...init, signal: this.signalWith(input, init) });
  }

  /** A program begins. */
  begin(): void {
    this.asked = false;
    this.runs = true;
    this.said = Number.NEGATIVE_INFINITY;
    this.requests = new AbortController();
  }

  /** It is over: the engine is the page's again. */
  end(): void {
    this.runs = false;
  }

  /** The page has said it. False where no program runs. */
  ask(): boolean {
    if (!this.runs) return false;
    this.asked = true;
    this.requests.abort(new Stopped());
    return true;
  }

  /** Throws where the program is to end. Once, so that it can save what it has; again where it goes on. */
  readonly look = (): void => {
    if (!this.runs || (!this.asked && !this.shared?.[0])) return;
    this.asked = true;
    const now = performance.now();
    if (now - this.said < patience) return;
    this.said = now;
    throw new Stopped();
  };

  /** Ends a request at Stop, or when the program's own signal says so. */
  private signalWith(input: RequestInfo | URL, init?: RequestInit): AbortSignal {
    const { signal } = this.requests;
    const own = init?.signal ?? (input instanceof Request ? input.signal : null);
    return own ? (AbortSignal.any?.([own, signal]) ?? own) : signal;
  }
}
