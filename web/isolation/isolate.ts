/**
 * The surroundings of workers in an origin of their own: a frame that starts them, and all files of a start from this
 * page, because a host need not answer an origin that is nobody's.
 */

import { rareModules, sandboxPage } from 'virtual:runtime-files';
import { pickVariant } from '../../wasm-bindings/js/engine.mjs';
import { Downloads } from '../loading/downloads';
import { filesOfEngine, filesOfPython, snapshotVersion } from '../loading/site-files';
import type { KeptFiles } from '../protocol/kept-files';
import type { Keepsake, Progress, ToWorker } from '../protocol/messages';
import type { Language } from '../runtime/make-worker';
import { findSnapshot } from '../storage/snapshot-store';
import { fetchOwn, originsOf, ownPart } from './own-packages';
import sandboxScript from './sandbox.js?raw';

type Start = Extract<ToWorker, { type: 'start' }>;
type Report = (progress: Progress) => void;

/** Pyodide's own index, and PyPI. */
const packageHosts = ['https://cdn.jsdelivr.net', 'https://pypi.org', 'https://files.pythonhosted.org'];

/** How long the frame may take to load, and then to say that it is there, in ms. */
const patience = 30_000;
const grace = 4000;

/** A frame that has the files of a start; kept for all workers with one script. */
interface Frame {
  element: HTMLIFrameElement;
  /** What its workers may reach, and which packages they were given, in one text. */
  holds: string;
  /** The way to it, once it is ready to start workers. */
  ready: Promise<MessagePort>;
  /** Whoever waits for it now. */
  report: Report;
}

/** Which worker is to run. */
interface Kind {
  /** Address of its script. */
  script: string;
  language: Language;
}

interface Life extends Kind {
  /** The worker's end of the channel to the page. */
  port: MessagePort;
  /** Ends the worker; with the reason 'failed' also what may be to blame. */
  signal: AbortSignal;
  report: Report;
}

const frames = new Map<string, Frame>();

/** Starts a worker. Rejects with a sentence where a file or the frame does not come. */
export async function isolate(start: Start, { port, signal, report, ...kind }: Life): Promise<void> {
  const { script } = kind;
  const frame = frameFor(start, kind, report);
  const toFrame = await frame.ready.catch((error) => {
    forget(script, frame);
    throw error;
  });
  if (signal.aborted) return;
  signal.addEventListener('abort', () => {
    if (signal.reason === 'failed') forget(script, frame);
    else toFrame.postMessage({ type: 'end' });
  });
  toFrame.postMessage(start, [port]);
}

function frameFor(start: Start, kind: Kind, report: Report): Frame {
  const { script } = kind;
  const hosts = hostsFor(start, kind);
  const holds = JSON.stringify([hosts, start.packages && ownPart(start.packages)]);
  const open = frames.get(script);
  if (open?.element.isConnected && open.holds === holds) return Object.assign(open, { report });
  if (open) forget(script, open);
  const element = document.createElement('iframe');
  const frame: Frame = {
    element,
    holds,
    report,
    ready: fill(element, start, kind, hosts, (load) => frame.report(load)),
  };
  frames.set(script, frame);
  return frame;
}

/** Removes a frame. Another one may be in its place already. */
function forget(script: string, frame: Frame): void {
  frame.element.remove();
  if (frames.get(script) === frame) frames.delete(script);
}

/**
 * Where a start may fetch from, as a content policy says it: the hosts of packages. Nothing of this site, not even a
 * file: a host that redirects would get the rest of it.
 */
function hostsFor({ packages }: Start, { language }: Kind): string[] {
  if (language === 'javascript') return [];
  return [...packageHosts, ...(packages ? originsOf(packages) : [])];
}

/** Opens a frame and gives it the files; they leave this page. */
async function fill(
  element: HTMLIFrameElement,
  start: Start,
  kind: Kind,
  hosts: string[],
  report: Report,
): Promise<MessagePort> {
  const [target, keepsake] = await Promise.all([
    open(element, start.site + sandboxPage.path, kind.script),
    fetchFiles(start, kind, report),
  ]);
  const { port1, port2 } = new MessageChannel();
  const parts = [keepsake.snapshot, ...keepsake.files.values()].filter((part) => part instanceof Uint8Array);
  const given = { ...keepsake, isGiven: true };
  target.postMessage({ type: 'files', keepsake: given, hosts }, '*', [port2, ...parts.map(({ buffer }) => buffer)]);
  return port1;
}

/**
 * Resolves to the frame's window once its scripts are there, its own and the worker's. Where the page for it does not
 * come (offline, or a host that forbids frames), the frame gets them in its own text, which a content policy of this
 * page may forbid.
 */
function open(frame: HTMLIFrameElement, url: string, workerScript: string): Promise<Window> {
  frame.sandbox.add('allow-scripts');
  frame.hidden = true;
  frame.style.display = 'none';
  frame.title = 'Runs a program that came in a link';
  const heard = new AbortController();
  const opened = new Promise<Window>((resolve, reject) => {
    const hear = ({ source, origin }: MessageEvent) => {
      if (source === null || source !== frame.contentWindow) return;
      if (origin === 'null') resolve(source as Window);
      else reject(new Error('this browser does not keep the frame of such a program apart from the page.'));
    };
    const { signal } = heard;
    addEventListener('message', hear, { signal });
    const write = async () => {
      frame.srcdoc = await ownText(workerScript);
    };
    const problem = `${url} did not open in a frame, where alone code from a link runs. Its host, or this page's content policy, may forbid frames.`;
    const giveUp = () => {
      if (signal.aborted) return;
      if (frame.srcdoc) reject(new Error(problem));
      else write().catch(reject);
    };
    setTimeout(() => reject(new Error(problem)), patience);
    frame.addEventListener('load', () => setTimeout(giveUp, grace), { signal });
    if (navigator.onLine) frame.src = `${url}#${textFileOf(workerScript)}`;
    const filled = navigator.onLine ? Promise.resolve() : write();
    filled.then(() => document.body.append(frame), reject);
  });
  return opened.finally(() => heard.abort());
}

/** The frame's page with all scripts inside. */
async function ownText(workerScript: string): Promise<string> {
  const answer = await fetch(workerScript);
  if (!answer.ok) throw new Error(`${workerScript} answered ${answer.status}.`);
  // In a script element nothing may look like its end.
  const text = JSON.stringify(await answer.text()).replaceAll('<', '\\u003c');
  return `<!doctype html><script>self.workerScript = ${text};</script><script>${sandboxScript}</script>`;
}

/** What the file is called in which the frame finds a worker's script; see worker-texts.ts. */
const textFileOf = (script: string) => new URL(script).pathname.replace(/^.*\/(.*?worker)/, '$1-text');

/** A keepsake of bytes only. */
async function fetchFiles(start: Start, { language }: Kind, report: Report): Promise<Keepsake> {
  const isPython = language === 'python';
  const stored = isPython ? findSnapshot(snapshotVersion) : Promise.resolve(null);
  const variant = start.variant ?? (await pickVariant());
  const files: KeptFiles = new Map();
  const downloads = new Downloads(files, (load) => report({ stage: 'download', ...load }), {
    inSteps: stored.then((found) => found === null),
    uncompiled: true,
  });
  const list = isPython ? filesOfPython(variant) : filesOfEngine(variant);
  for (const file of list) downloads.add(start.site + file.path, file);
  const rare = isPython ? addRareModules(files, start.site + rareModules.path) : null;
  const own = isPython && start.packages && ownPart(start.packages);
  const wheels = own ? fetchOwn(own) : Promise.resolve(new Map());
  const all = list.map(({ path }) => downloads.bytes(start.site + path));
  await Promise.race([Promise.all(all), downloads.failure]);
  await rare;
  for (const [address, bytes] of await wheels) files.set(address, bytes);
  const snapshot = (await (await stored)?.read()) ?? null;
  return { snapshot, files, version: null };
}

/** An ordinary worker fetches these when it needs them. Most programs do well without, as offline they may have to. */
async function addRareModules(files: KeptFiles, address: string): Promise<void> {
  const downloads = new Downloads(files, () => {});
  downloads.add(address, rareModules);
  await Promise.race([downloads.bytes(address), downloads.failure]).catch(() => {});
}
