import { isFromWorker } from '../protocol/message-form';
import type { FromWorker, ToWorker } from '../protocol/messages';
import { makeWorker, type PageWorker, type RuntimeKind } from './make-worker';

type Start = Extract<ToWorker, { type: 'start' }>;

/** Who hears of a worker. */
interface Ears {
  /** Of output it tells when there is room for more. */
  receive: (message: FromWorker) => Promise<void> | undefined;
  onBroken: (problem: string) => void;
}

/** A worker and the way to it: a port, which its programs cannot reach as they reach the worker's own messages. */
export class Connection {
  private readonly worker: PageWorker;
  private readonly channel = new MessageChannel();
  /** Whether it has run no program yet: until then its own messages are believed, too. */
  private isNew = true;

  constructor(
    kind: RuntimeKind,
    private readonly ears: Ears,
  ) {
    this.worker = makeWorker(kind);
    this.channel.port1.onmessage = ({ data }) => this.hear(data);
    this.worker.onmessage = ({ data }) => this.isNew && this.hear(data);
    this.worker.onerror = (event) => {
      event.preventDefault?.();
      const reason = 'its worker could not be started. Check the connection, then press Run Code again.';
      ears.onBroken(event.message || reason);
    };
  }

  start(message: Start): void {
    this.worker.postMessage(message, [this.channel.port2]);
  }

  send(message: ToWorker): void {
    if (message.type === 'run') this.isNew = false;
    this.channel.port1.postMessage(message);
  }

  /** `hasFailed`: whether the worker could not start. */
  end(hasFailed = false): void {
    this.worker.terminate(hasFailed);
    this.channel.port1.close();
  }

  private hear(message: unknown): void {
    if (!isFromWorker(message)) {
      this.ears.onBroken('its worker said what no worker says.');
      return;
    }
    const room = this.ears.receive(message);
    if (message.type === 'output') void this.answer(message.size, room);
  }

  private async answer(size: number, room?: Promise<void>): Promise<void> {
    await room;
    this.send({ type: 'taken', size });
  }
}
