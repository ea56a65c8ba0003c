import type { Request } from './plan';
import workerUrl from './tensorflow-worker?worker&url';

/** TensorFlow.js in a worker of its own: loaded at the first work, and gone with its memory between one work and the next. */
export class TensorFlow {
  private worker: Worker | undefined;

  /** Milliseconds of one call of a work. */
  time(request: Request): Promise<number> {
    this.worker ??= new Worker(new URL(workerUrl, import.meta.url), { type: 'module' });
    const { worker } = this;
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data.milliseconds));
      worker.onerror = (event) => reject(new Error(event.message || 'TensorFlow.js could not be loaded'));
      worker.postMessage(request);
    });
  }

  close(): void {
    this.worker?.terminate();
    this.worker = undefined;
  }
}
