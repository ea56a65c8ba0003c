/**
 * In a frame with `sandbox="allow-scripts"`, whose origin is nobody's: starts workers, which have the same origin, with
 * what the page around the frame gives, and a port to that page. They cannot reach the frame.
 *
 * Neither this nor the worker is a module from an address: for those the host would have to allow requests from any
 * origin, and Chromium starts no module worker from a blob of such an origin.
 */

/** What a worker does first: what the page says comes by the port, and what its script says to the page goes there. */
function listen() {
  const toFrame = self.postMessage.bind(self);
  const connect = ({ data: { script, start }, ports: [port] }) => {
    self.postMessage = (message, { transfer } = {}) => {
      if (!message.keepsake) return port.postMessage(message, { transfer });
      // Compiled code cannot leave for the page.
      toFrame(message.keepsake, { transfer });
      port.postMessage({ ...message, keepsake: null });
    };
    // As in a worker that is a module.
    self.importScripts = () => {
      throw new TypeError('importScripts() is not there in a module worker.');
    };
    const hear = ({ data, ports }) => dispatchEvent(new MessageEvent('message', { data, ports }));
    import(URL.createObjectURL(new Blob([script], { type: 'text/javascript' }))).then(
      () => {
        port.onmessage = hear;
        hear({ data: start });
      },
      (error) => port.postMessage({ type: 'failed', message: error.message }),
    );
  };
  addEventListener('message', connect, { once: true });
}

const bootstrap = URL.createObjectURL(new Blob([`(${listen})()`], { type: 'text/javascript' }));
/** The worker's script and the files of its start. */
let script;
let keepsake;
let worker;

/**
 * Holds for the workers too. The site's own host is left out, because some browsers send its cookies with what is asked
 * for from here; workers reach the hosts of packages only.
 */
function confine(hosts) {
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = `default-src 'none'; script-src blob: 'unsafe-eval' 'wasm-unsafe-eval'; connect-src blob: data: ${hosts.join(' ')}`;
  document.head.append(policy);
}

/** Starts a worker. What the first one leaves for the next ones comes before it has run a program, and is kept. */
function begin(start, port) {
  worker = new Worker(bootstrap);
  worker.onerror = () => port.postMessage({ type: 'failed', message: 'its worker could not be started.' });
  if (keepsake.isGiven) {
    worker.onmessage = ({ data }) => {
      if (keepsake.isGiven) keepsake = data;
    };
  }
  worker.postMessage({ script, start: { ...start, keepsake } }, [port]);
}

addEventListener('message', ({ source, data, ports: [port] }) => {
  if (source !== parent) return;
  if (data.type === 'files') {
    ({ script, keepsake } = data);
    confine(data.hosts);
    return;
  }
  worker?.terminate();
  if (data.type === 'start') begin(data, port);
});
parent.postMessage('unroll-sandbox', '*');
