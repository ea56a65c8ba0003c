/** What a hostile program tries against the site that it came to, and a site with something to lose. */

import { openSite, panelPage } from './browser.mjs';

export const secret = 's3cret';

/** A site whose answers at /secret, /secret.js and /change depend on a cookie; `visits` tells what came with it. */
export async function openSecrets(pages = {}) {
  const visits = [];
  const isOwner = (request) => request.headers.cookie?.includes(`session=${secret}`) ?? false;
  const note = (request) => visits.push(`${request.method} ${request.url}${isOwner(request) ? ' as the reader' : ''}`);
  const guarded = (type, text) => (request, response) => {
    note(request);
    response.setHeader('content-type', type);
    response.end(isOwner(request) ? text : '/* nothing */');
  };
  const lesson = panelPage(['print(1)']);
  const site = await openSite({
    pages: {
      '/lesson.html': (_, response) => {
        response.setHeader('set-cookie', `session=${secret}; Path=/; HttpOnly`);
        response.setHeader('content-type', 'text/html; charset=utf-8');
        response.end(lesson);
      },
      '/secret': guarded('text/plain', secret),
      '/secret.js': guarded('text/javascript', `self.loot = '${secret}'`),
      '/change': guarded('text/plain', 'changed'),
      '/worker.js': guarded('text/javascript', `postMessage('${secret}')`),
      '/sw.js': guarded('text/javascript', ''),
      ...pages,
    },
  });
  return { ...site, visits };
}

/** In the page: puts secrets where a site keeps them, and listens. */
export async function plant(secret) {
  // biome-ignore lint/suspicious/noDocumentCookie: as sites do
  document.cookie = `plain=${secret}; Path=/`;
  localStorage.setItem('secret', secret);
  sessionStorage.setItem('secret', secret);
  const opening = indexedDB.open('secrets', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('all').put(secret, 'first');
  await new Promise((done) => (opening.onsuccess = done));
  opening.result.close();
  await (await caches.open('secrets')).put('/kept', new Response(secret));
  const root = await navigator.storage?.getDirectory?.().catch(() => null);
  await root?.getFileHandle(secret, { create: true });
  window.heard = [];
  new BroadcastChannel('secrets').onmessage = ({ data }) => window.heard.push(`channel: ${data}`);
  addEventListener('message', ({ data }) => window.heard.push(`message: ${JSON.stringify(data)}`));
}

/** In the page: waits until Python's memory is kept for later visits, and everything stands for an isolated program. */
export async function settle() {
  const panel = document.querySelector('unroll-panel');
  await panel.run();
  const settled = (request) => new Promise((done) => Object.assign(request, { onsuccess: () => done(request.result) }));
  for (let count = 0; !count; await new Promise((done) => setTimeout(done, 200))) {
    const database = await settled(indexedDB.open('unroll', 1));
    count = await settled(database.transaction('snapshots').objectStore('snapshots').count());
    database.close();
  }
  panel.isolated = true;
  await panel.whenReady();
  window.heard = [];
}

/** In the page: what a hostile program could have changed, in a form to compare. */
export async function inventory() {
  const databases = (await indexedDB.databases()).map(({ name }) => name).sort();
  const settled = (request) => new Promise((done) => Object.assign(request, { onsuccess: () => done(request.result) }));
  const opened = await settled(indexedDB.open('secrets', 1));
  const entries = await settled(opened.transaction('all').objectStore('all').getAll());
  opened.close();
  const keptSnapshot = async () => {
    const database = await settled(indexedDB.open('unroll', 1));
    const { version, sum } = await settled(database.transaction('snapshots').objectStore('snapshots').get('python'));
    database.close();
    return { version, sum };
  };
  const kept = await caches.keys();
  const registrations = await navigator.serviceWorker.getRegistrations();
  return {
    cookie: document.cookie,
    local: { ...localStorage },
    session: { ...sessionStorage },
    databases,
    entries,
    kept,
    cached: await (await caches.match('/kept'))?.text(),
    workers: registrations.map(({ scope }) => scope),
    title: document.title,
    address: location.href,
    bodies: document.body.children.length,
    heard: window.heard,
    snapshot: await keptSnapshot(),
  };
}

/** In a worker: tries everything, `site` being the address to rob. What came of each goes to where no run cleans up. */
function attack(site) {
  URL.tried = {};
  const attempt = (name, act) => {
    const note = (text) => {
      URL.tried[name] = text;
    };
    try {
      Promise.resolve(act()).then(
        (value) => note(`got ${value}`),
        (error) => note(`refused: ${error?.name ?? error}`),
      );
    } catch (error) {
      note(`refused: ${error?.name ?? error}`);
    }
  };
  const settled = (request) =>
    new Promise((done, fail) =>
      Object.assign(request, { onsuccess: () => done(request.result), onerror: fail, onblocked: fail }),
    );
  const message = (worker) =>
    new Promise((done, fail) =>
      Object.assign(worker, { onmessage: ({ data }) => done(data), onerror: () => fail('an error') }),
    );
  const blob = (script) => URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const rest = `const out = {};
    try { importScripts('${site}/secret.js'); out.script = String(self.loot); } catch (error) { out.script = error.name; }
    try { indexedDB.open('secrets').onsuccess = ({ target }) => postMessage({ ...out, db: target.result.name }); }
    catch (error) { postMessage({ ...out, db: error.name }); }`;

  attempt('document.cookie', () => document.cookie);
  attempt('cookieStore', async () => JSON.stringify(await cookieStore.getAll()));
  attempt('localStorage', () => localStorage.getItem('secret'));
  attempt('sessionStorage', () => sessionStorage.getItem('secret'));
  attempt('indexedDB', async () => (await settled(indexedDB.open('secrets'))).name);
  attempt('indexedDB delete', () => settled(indexedDB.deleteDatabase('secrets')));
  attempt('caches', async () => (await caches.match(`${site}/kept`)).text());
  attempt('caches delete', () => caches.delete('secrets'));
  attempt('files', async () => (await navigator.storage.getDirectory()).kind);
  attempt('service worker', async () => (await navigator.serviceWorker.register(`${site}/sw.js`)).scope);
  attempt('channel', () => {
    new BroadcastChannel('secrets').postMessage('forged');
    return 'sent';
  });
  attempt('fetch', async () => (await fetch(`${site}/secret`, { credentials: 'include' })).text());
  attempt('fetch same-origin', async () => (await fetch(`${site}/secret`, { mode: 'same-origin' })).text());
  attempt('fetch opaque', async () =>
    (await fetch(`${site}/secret?opaque`, { mode: 'no-cors', credentials: 'include' })).text(),
  );
  attempt(
    'post',
    async () =>
      (await fetch(`${site}/change`, { method: 'POST', mode: 'no-cors', credentials: 'include', body: 'x' })).type,
  );
  attempt('request', () => {
    const request = new XMLHttpRequest();
    request.open('GET', `${site}/secret?xhr`, false);
    request.withCredentials = true;
    request.send();
    return request.responseText;
  });
  attempt('import', async () => {
    await import(`${site}/secret.js?module`);
    return self.loot;
  });
  attempt('importScripts', () => {
    importScripts(`${site}/secret.js?own`);
    return self.loot;
  });
  attempt('worker of the site', () => message(new Worker(`${site}/worker.js`)));
  attempt('worker of its own', async () => JSON.stringify(await message(new Worker(blob(rest)))));
  attempt('shared worker', () => typeof new SharedWorker(`${site}/worker.js`));
  for (const name of ['window', 'document', 'parent', 'top', 'opener', 'frames', 'open', 'alert'])
    attempt(name, () => Function(`return typeof ${name} === "undefined" ? Promise.reject("absent") : "there"`)());
  const forged = { version: 'forged', snapshot: new Uint8Array(65536), files: new Map() };
  const ready = { type: 'ready', keepsake: forged, packages: null };
  attempt('forged ready', () => self.postMessage(ready));
  attempt('forged to the frame', () => {
    let scope = self;
    while (!Object.hasOwn(scope, 'postMessage') || scope === self) scope = Object.getPrototypeOf(scope);
    scope.postMessage.call(self, ready);
    scope.postMessage.call(self, forged);
    scope.postMessage.call(self, { type: 'files', script: 'postMessage("forged")', keepsake: forged });
    return 'sent';
  });
}

/** The Python program that attacks `site`. */
export const attackProgram = (site) => `
from pyodide.code import run_js
run_js(${JSON.stringify(`(${attack})(${JSON.stringify(site)})`)})
print("attacked")
`;

/** The Python program that tells what came of it, in the same worker. */
export const reportProgram = `
from pyodide.code import run_js
print(run_js("JSON.stringify(URL.tried)"))
`;

/** Both as one JavaScript program, whose globals go with it. */
export const attackScript = (site) => `(${attack})(${JSON.stringify(site)});
await new Promise((done) => setTimeout(done, 3000));
console.log(JSON.stringify(URL.tried));`;
