/** WebKitGTK's MiniBrowser on a screen that nobody sees (Xvfb), by plain WebDriver over HTTP. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * @param {string} driverPath path of WebKitWebDriver
 * @param {string} home folder for everything that the browser keeps
 * @param {number} patience how long one call into a page may take, in ms
 * @param {string} [agent] the name that the browser gives itself
 */
export async function openWebKit(driverPath, home, patience, agent) {
  const screen = await startXvfb();
  const driver = await startDriver(driverPath, home, screen.display);
  const end = () => Promise.all([driver.end(), screen.end()]);
  try {
    const { sessionId } = await driver.send('POST', '/session', { capabilities: { alwaysMatch: optionsFor(agent) } });
    const session = (method, path, body) => driver.send(method, `/session/${sessionId}${path}`, body);
    await session('POST', '/timeouts', { script: patience, pageLoad: 60_000 });
    const close = () => driver.send('DELETE', `/session/${sessionId}`).finally(end);
    return { open: windows(session, await session('GET', '/window')), close };
  } catch (error) {
    await end();
    throw error;
  }
}

/** A browser whose arguments are given has to be named; its folder carries WebKitGTK's version. */
function optionsFor(agent) {
  if (!agent) return {};
  const places = ['x86_64', 'aarch64'].flatMap((cpu) =>
    ['4.1', '4.0', '6.0'].flatMap((version) =>
      [`webkit2gtk-${version}`, `webkitgtk-${version}`].map((name) => `/usr/lib/${cpu}-linux-gnu/${name}/MiniBrowser`),
    ),
  );
  const binary = places.find(existsSync);
  return { 'webkitgtk:browserOptions': { binary, args: ['--automation', `--user-agent=${agent}`] } };
}

/**
 * Opens windows. A session talks to one window at a time, so calls wait for each other; it ends with its last window, so the one
 * that it starts with stays.
 */
function windows(session, anchor) {
  let last = Promise.resolve();
  const inWindow = (handle, work) => {
    const turn = last.then(async () => {
      await session('POST', '/window', { handle });
      return work();
    });
    last = turn.catch(() => {});
    return turn;
  };
  return async (size) => {
    const { handle } = await inWindow(anchor, () => session('POST', '/window/new', { type: 'window' }));
    await inWindow(handle, () => setInnerSize(session, size));
    return {
      evaluate: (fn, ...args) => inWindow(handle, () => call(session, fn, args)),
      goto: (url) => inWindow(handle, () => session('POST', '/url', { url })),
      screenshot: () =>
        inWindow(handle, async () => {
          await call(session, painted, []);
          return Buffer.from(await session('GET', '/screenshot'), 'base64');
        }),
      close: () => inWindow(handle, () => session('DELETE', '/window')),
    };
  };
}

/** In the page: resolves when what it has changed is on the screen, where it is painted at all. */
const painted = () =>
  new Promise((done) => {
    requestAnimationFrame(() => requestAnimationFrame(done));
    setTimeout(done, 1000);
  });

/** A window is set with its frame, a page is asked for without it. */
async function setInnerSize(session, { width, height }) {
  await session('POST', '/window/rect', { width, height });
  const [innerWidth, innerHeight] = await call(session, () => [innerWidth, innerHeight], []);
  await session('POST', '/window/rect', { width: 2 * width - innerWidth, height: 2 * height - innerHeight });
}

async function call(session, fn, args) {
  const script = `const done = arguments[arguments.length - 1];
    new Promise((resolve) => resolve((${fn})(...arguments[0])))
      .then((value) => done({ value }), (error) => done({ error: String(error?.stack ? \`\${error}\\n\${error.stack}\` : error) }));`;
  const { value, error } = await session('POST', '/execute/async', { script, args: [args] });
  if (error !== undefined && error !== null) throw new Error(error);
  return value ?? undefined;
}

async function startXvfb() {
  const args = ['-displayfd', '3', '-screen', '0', '2560x1600x24', '-nolisten', 'tcp'];
  const child = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const end = ending(child);
  const [number] = await Promise.race([once(child.stdio[3], 'data'), failure(child, 'Xvfb')]);
  return { display: `:${String(number).trim()}`, end };
}

async function startDriver(path, home, display) {
  const port = await freePort();
  const folders = ['HOME', 'XDG_DATA_HOME', 'XDG_CACHE_HOME', 'XDG_CONFIG_HOME'].map((name) => [name, home]);
  const env = {
    ...process.env,
    ...Object.fromEntries(folders),
    PATH: ['/usr/bin', process.env.PATH].join(delimiter),
    DISPLAY: display,
    GDK_BACKEND: 'x11',
    NO_AT_BRIDGE: '1',
    GSETTINGS_BACKEND: 'memory',
    LIBGL_ALWAYS_SOFTWARE: '1',
    MESA_SHADER_CACHE_DISABLE: 'true',
  };
  const child = spawn(path, [`--port=${port}`], { env, stdio: 'ignore' });
  const end = ending(child);
  const died = failure(child, 'WebKitWebDriver');
  const send = async (method, command, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}${command}`, {
      method,
      body: method === 'POST' ? JSON.stringify(body ?? {}) : undefined,
    });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`WebKitWebDriver, ${method} ${command}: ${value.error}: ${value.message}`);
    return value;
  };
  const ready = async () => {
    while (!(await send('GET', '/status').catch(() => null))?.ready) await sleep(50);
  };
  await Promise.race([ready(), died]);
  return { send, end };
}

/** Ends a program when it is asked to and, at the latest, with this process. Without its screen the browser ends too. */
function ending(child) {
  const kill = () => child.kill('SIGKILL');
  const leave = (signal) => {
    kill();
    process.kill(process.pid, signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  process.once('exit', kill);
  for (const signal of signals) process.once(signal, leave);
  return async () => {
    process.off('exit', kill);
    for (const signal of signals) process.off(signal, leave);
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill();
    await Promise.race([once(child, 'exit'), sleep(3000).then(kill)]);
  };
}

/** Rejects when the program ends or does not start. */
function failure(child, name) {
  const failed = new Promise((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`${name} ended with ${signal ?? `code ${code}`}`)));
  });
  failed.catch(() => {});
  return failed;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}
