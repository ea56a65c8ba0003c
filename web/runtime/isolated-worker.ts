import type { FromWorker, Progress, ToWorker } from '../protocol/messages';
import type { Language } from './make-worker';

/**
 * A worker for programs of strangers: it runs in an origin of its own, where it cannot read or change anything of the
 * site. What it takes (the frame around it, the files) comes when it is asked to start. See isolate.ts.
 */
export class IsolatedWorker {
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null = null;
  /** Never called: what goes wrong comes as a message. */
  onerror: ((event: ErrorEvent) => void) | null = null;
  private readonly life = new AbortController();

  constructor(
    private readonly script: string,
    private readonly language: Language,
  ) {}

  postMessage(message: ToWorker, [port]: [MessagePort]): void {
    if (message.type === 'start') void this.start(message, port);
  }

  /** Also after a start that failed: then what the frame keeps may be to blame. */
  terminate(hasFailed = false): void {
    this.life.abort(hasFailed ? 'failed' : 'ended');
    this.onmessage = this.onerror = null;
  }

  private async start(message: Extract<ToWorker, { type: 'start' }>, port: MessagePort): Promise<void> {
    const { script, language, life } = this;
    try {
      const { isolate } = await import('../isolation/isolate');
      const report = (progress: Progress) => this.hear({ type: 'progress', progress });
      await isolate(message, { script, language, port, signal: life.signal, report });
    } catch (error) {
      this.hear({ type: 'failed', message: (error as Error).message });
    }
  }

  private hear(message: FromWorker): void {
    this.onmessage?.(new MessageEvent('message', { data: message }));
  }
}
