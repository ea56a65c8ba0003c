/**
 * In a frame with `sandbox="allow-scripts"`, whose origin is nobody's: starts workers, which have the same origin, with
 * the files that the page around the frame gives, and a port to that page. They cannot reach the frame.
 *
 * Any page may frame this one. Without `sandbox` it would run in the origin of the site: then it does nothing.
 *
 * Neither this nor the worker is a module from an address: for those the host would have to allow requests from any
 * origin, and Chromium starts no module worker from a blob of such an origin.
 */

/** What a worker does first: it takes its script, the port to the page, and a way to leave files for the next worker. */
function listen() {
  const connect = ({ data: { script, start }, ports: [port, toFrame] }) => {
    const send = port.postMessage.bind(port);
    port.postMessage = (message, { transfer } = {}) => {
      if (!message.keepsake) return send(message, { transfer });
      // Compiled code cannot leave for the page.
      toFrame.postMessage(message.keepsake, { transfer });
      send({ ...message, keepsake: null });
    };
    // As in a worker that is a module.
    self.importScripts = () => {
      throw new TypeError('importScripts() is not there in a module worker.');
    };
    import(URL.createObjectURL(new Blob([script], { type: 'text/javascript' }))).then(
      () => dispatchEvent(new MessageEvent('message', { data: start, ports: [port] })),
      (error) => send({ type: 'failed', message: error.message }),
    );
  };
  addEventListener('message', connect, { once: true });
}

const bootstrap = URL.createObjectURL(new Blob([`(${listen})()`], { type: 'text/javascript' }));
/** The files of a worker's start. */
let keepsake;
let worker;

/**
 * The worker's script, as text: offline it stands in the frame's own text, else it lies beside this page, in the file
 * that the address names.
 */
function findScript() {
  if (self.workerScript) return Promise.resolve();
  const name = /^#([\w-]+-text-[\w-]+\.js)$/.exec(location.hash)?.[1];
  return new Promise((resolve, reject) => {
    if (!name) return reject(new Error('the address names no script'));
    const element = document.createElement('script');
    Object.assign(element, { src: name, onload: resolve, onerror: reject });
    document.head.append(element);
  });
}

/**
 * Holds for the workers too. The site's own host is left out, because some browsers send its cookies with what is asked
 * for from here; workers reach the hosts of packages only.
 */
function confine(hosts) {
  const others = hosts.filter((host) => new URL(host).hostname !== location.hostname);
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = `default-src 'none'; script-src blob: 'unsafe-eval' 'wasm-unsafe-eval'; connect-src blob: data: ${others.join(' ')}`;
  document.head.append(policy);
}

/** Starts a worker. What the first one leaves for the next ones comes before it has run a program, and is kept. */
function begin(start, port) {
  worker = new Worker(bootstrap);
  worker.onerror = () => port.postMessage({ type: 'failed', message: 'its worker could not be started.' });
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => {
    if (keepsake.isGiven) keepsake = data;
  };
  worker.postMessage({ script: self.workerScript, start: { ...start, keepsake } }, [port, port2]);
}

/** Takes files, and the port by which alone workers are asked for from then on, from the page around this one, once. */
function bind() {
  const hear = ({ source, data, ports: [port] }) => {
    if (source !== parent || data?.type !== 'files' || !port) return;
    removeEventListener('message', hear);
    keepsake = data.keepsake;
    confine(data.hosts);
    port.onmessage = ({ data, ports: [channel] }) => {
      worker?.terminate();
      if (data.type === 'start') begin(data, channel);
    };
  };
  addEventListener('message', hear);
  parent.postMessage('unroll-sandbox', '*');
}

if (self.origin === 'null' && parent !== self) findScript().then(bind, () => {});
