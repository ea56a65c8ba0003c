import type { FromWorker, ToWorker } from '../protocol/messages';
import javascriptUrl from '../worker/javascript/javascript-worker?worker&url';
import pythonUrl from '../worker/worker?worker&url';
import { IsolatedWorker } from './isolated-worker';

export type Language = 'python' | 'javascript';

/** Which worker a program needs. */
export interface RuntimeKind {
  language?: Language;
  /** For code of strangers: in an origin of its own. */
  isolated?: boolean;
}

/** What a runtime needs of a worker. */
export interface PageWorker {
  /** What goes wrong before the worker speaks by its port. */
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  /** The start, with the port by which page and worker speak from then on. */
  postMessage(message: ToWorker, transfer: [MessagePort]): void;
  /** `hasFailed`: whether it could not start. */
  terminate(hasFailed?: boolean): void;
}

/** Address of the worker's script, which lies in the site's assets/. */
const scriptUrl = (language: Language) =>
  new URL(language === 'javascript' ? javascriptUrl : pythonUrl, import.meta.url).href;

/** Address of the site's folder. */
export const siteUrl = () => new URL('../', scriptUrl('python')).href;

export function makeWorker({ language = 'python', isolated }: RuntimeKind): PageWorker {
  const url = scriptUrl(language);
  // A page in a frame with `sandbox` has no origin, and no worker of its own.
  return isolated || globalThis.origin === 'null' ? new IsolatedWorker(url, language) : ordinaryWorker(url);
}

/**
 * A module worker whose script may lie on another origin: a blob of this page imports it. A dynamic import, because a
 * content policy holds static ones against `worker-src`; what the page says before it is through waits.
 */
function ordinaryWorker(url: string): Worker {
  if (new URL(url).origin === globalThis.location.origin) return new Worker(url, { type: 'module' });
  const script = `const early = [];
    self.onmessage = (event) => early.push(event);
    import(${JSON.stringify(url)}).then(
      () => early.forEach((event) => self.onmessage(event)),
      (error) => self.postMessage({ type: 'failed', message: error.message }),
    );`;
  const blob = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const worker = new Worker(blob, { type: 'module' });
  // The script has been read by the time of its first message.
  worker.addEventListener('message', () => URL.revokeObjectURL(blob), { once: true });
  return worker;
}
