import type { Language } from '../make-worker';
import type { FromWorker, Progress, ToWorker } from '../protocol';

type Start = Extract<ToWorker, { type: 'start' }>;

/**
 * A worker for programs of strangers: it runs in an origin of its own, where it cannot read or change anything of the
 * site. What it takes (the frame around it, the files) comes when it is asked to start. See isolate.ts.
 */
export class IsolatedWorker {
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null = null;
  /** Never called: what goes wrong comes as a message. */
  onerror: ((event: ErrorEvent) => void) | null = null;
  private readonly channel = new MessageChannel();
  private readonly life = new AbortController();

  constructor(
    private readonly script: string,
    private readonly language: Language,
  ) {
    this.channel.port1.onmessage = ({ data }) => this.hear(data);
  }

  postMessage(message: ToWorker): void {
    if (message.type === 'start') void this.start(message);
    else this.channel.port1.postMessage(message);
  }

  terminate(): void {
    this.life.abort('ended');
    this.channel.port1.close();
    this.onmessage = this.onerror = null;
  }

  private async start(message: Start): Promise<void> {
    const { script, language, channel, life } = this;
    try {
      const { isolate } = await import('./isolate');
      const report = (progress: Progress) => this.hear({ type: 'progress', progress });
      await isolate(message, { script, language, port: channel.port2, signal: life.signal, report });
    } catch (error) {
      this.hear({ type: 'failed', message: (error as Error).message });
    }
  }

  private hear(message: FromWorker): void {
    if (message.type === 'failed') this.life.abort('failed');
    this.onmessage?.(new MessageEvent('message', { data: message }));
  }
}
