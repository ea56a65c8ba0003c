/**
 * Keeps the playground for use without a network. It comes when a program has run (or the reader asks for it), fetches
 * all that the page and the runtime need, which the browser then mostly has in its cache, and from then on answers for
 * those files by itself. A new build brings a new list: what it shares with the old one is copied, and it waits until
 * the reader reloads. Everything that is not on the list goes to the network as ever: other pages, `unroll.js`, embeds.
 */
import { pickVariant } from '../../wasm-bindings/js/engine.mjs';
import { fetchSmallest } from '../loading/smallest';
import type { OfflineList } from './offline-files';

/** What the build puts in. */
declare const offlineList: OfflineList;
const list = offlineList;

interface LongEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface FetchEvent extends LongEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface Scope {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { claim(): Promise<void>; matchAll(): Promise<{ id: string }[]> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: LongEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

const worker = globalThis as unknown as Scope;
/** The folder of the site. */
const site = worker.registration.scope;
/** Sites in other folders of the origin have caches of their own. */
const prefix = `unroll-offline ${site} `;
const cacheName = prefix + list.version;
const known = new Map(list.files.map((file) => [site + file.path, file]));
/** Downloads at a time. */
const lanes = 4;

worker.addEventListener('install', (event) => event.waitUntil(fill()));

worker.addEventListener('activate', (event) => event.waitUntil(takeOver()));

worker.addEventListener('message', ({ data }) => {
  if (data === 'take over') void worker.skipWaiting();
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  // Parts of files are none of ours: what is kept is whole.
  if (request.method !== 'GET' || request.headers.has('range')) return;
  const address = addressOf(request);
  if (known.has(address)) event.respondWith(answer(address, request));
  else if (!isAlone && address.startsWith(`${site}assets/`)) event.respondWith(answerOlder(request));
  if (!isAlone) event.waitUntil(forgetOlder());
});

/** What a request means: the folder and its index.html are one page, and a page may have a search part. */
function addressOf({ url, mode }: Request): string {
  const { origin, pathname, search } = new URL(url);
  const address = origin + pathname;
  if (mode !== 'navigate') return address + search;
  return address === `${site}index.html` ? site : address;
}

async function answer(address: string, request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  const kept = await cache.match(address, { ignoreVary: true });
  if (kept) return kept;
  // What comes late, or was thrown out by the browser.
  const fresh = await fetch(request);
  if (fresh.ok && fresh.status === 200) await keep(cache, address, fresh.clone());
  return fresh;
}

/** Keeps what arrived, where there is room. */
async function keep(cache: Cache, address: string, arrived: Response): Promise<void> {
  try {
    await cache.put(address, forStorage(address, arrived));
  } catch {
    // The storage is full: the file is fetched again the next time.
  }
}

/** Fetches what is not there yet. The browser tries again another time where one file fails. */
async function fill(): Promise<void> {
  const cache = await caches.open(cacheName);
  const variant = await pickVariant();
  const wanted = list.files.filter(({ late, build }) => !late && (!build || build === variant));
  const work = async () => {
    for (let file = wanted.pop(); file; file = wanted.pop()) await bring(cache, site + file.path, file.bytes);
  };
  await Promise.all(Array.from({ length: lanes }, work));
}

async function bring(cache: Cache, address: string, bytes: number): Promise<void> {
  // A name in assets/ stands for one content; everything else has to be asked for.
  const lasts = address.startsWith(`${site}assets/`);
  const kept = lasts && (await caches.match(address, { ignoreVary: true }));
  if (kept) return cache.put(address, kept);
  const get = (url: string) => fetch(url, { cache: lasts ? 'default' : 'no-cache' });
  const fresh = await fetchSmallest(address, bytes, get);
  if (!fresh.ok) throw new Error(`${address} answered ${fresh.status}`);
  await cache.put(address, forStorage(address, fresh));
}

/**
 * The answer as it is kept. A page that was redirected to may not be given for another address; and an archive is kept
 * without its length, which tells that a host has a smaller copy beside it.
 */
function forStorage(address: string, response: Response): Response {
  if (!response.redirected && !address.endsWith('.zip')) return response;
  const type = response.headers.get('content-type') ?? 'application/zip';
  return new Response(response.body, { headers: { 'content-type': type } });
}

/** What is kept of the version before this one, while pages of it are open: they may still ask for parts of theirs. */
interface Older {
  caches: string[];
  clients: string[];
}

const olderAddress = `${site}older-version`;
/** Whether it is certain that nothing is kept of an older version. */
let isAlone = false;

async function takeOver(): Promise<void> {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith(prefix) && name !== cacheName);
  const clients = (await worker.clients.matchAll()).map(({ id }) => id);
  const last: Older = { caches: older.splice(-1), clients };
  await Promise.all(older.map((name) => caches.delete(name)));
  await (await caches.open(cacheName)).put(olderAddress, new Response(JSON.stringify(last)));
  await worker.clients.claim();
}

async function answerOlder(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

/** Deletes what is kept of the older version when none of its pages is open. */
async function forgetOlder(): Promise<void> {
  const cache = await caches.open(cacheName);
  const entry = await cache.match(olderAddress);
  const older: Older | null = entry ? await entry.json() : null;
  const open = await worker.clients.matchAll();
  if (older && open.some(({ id }) => older.clients.includes(id))) return;
  await Promise.all((older?.caches ?? []).map((name) => caches.delete(name)));
  await cache.delete(olderAddress);
  isAlone = true;
}
