import type { FromWorker, ToWorker } from '../protocol/messages';

type Post = (message: FromWorker, transfer?: Transferable[]) => void;

/**
 * Lets a worker speak with its page by the port that comes with the start. Programs reach `self.postMessage` and
 * `self.onmessage`, by `import js` in Python; nobody listens there once they run. Gives what sends to the page.
 */
export function meetPage(hear: (message: ToWorker) => void): Post {
  let send: MessagePort['postMessage'] | undefined;
  self.onmessage = ({ data, ports: [port] }: MessageEvent<ToWorker>) => {
    self.onmessage = null;
    send = port.postMessage.bind(port);
    port.onmessage = ({ data }: MessageEvent<ToWorker>) => hear(data);
    hear(data);
  };
  return (message, transfer = []) => send?.(message, { transfer });
}
