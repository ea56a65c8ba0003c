/** What the page's tests share: the built site on a local server, Chromium with an empty profile, a panel to talk to. */

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { serve } from '../../wasm-bindings/setup/serve.mjs';

const types = { '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json' };

/** The built site; UNROLL_DIST names another one. */
const site = process.env.UNROLL_DIST ?? fileURLToPath(new URL('../../dist', import.meta.url));

/**
 * The site as some host has it: below `base`, with further `pages` (text, or a function that answers) and `headers` in every
 * answer (or a function of the path that gives them).
 * A `plain` one tells the length of what it sends, as hosts do that do not compress on the way.
 * Gives back the host's address (no slash at the end), the paths that were asked for, a set of file names that it is
 * to answer with 404, `hold(name)`, which keeps the answer for a file back until what it gives is called, and `close`.
 */
export async function serveSite({ base = '/', pages = {}, headers = {}, plain = false } = {}) {
  const asked = [];
  const broken = new Set();
  const held = new Map();
  const hold = (name) => {
    let release;
    held.set(name, new Promise((resolve) => (release = resolve)));
    return () => release(held.delete(name));
  };
  const files = await serve(site);
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://local').pathname;
    asked.push(path);
    const given = typeof headers === 'function' ? headers(path) : headers;
    for (const [name, value] of Object.entries(given)) response.setHeader(name, value);
    if (typeof pages[path] === 'function') return pages[path](request, response);
    if (path in pages) {
      response.setHeader('content-type', `${types[extname(path)] ?? 'text/html'}; charset=utf-8`);
      return response.end(pages[path]);
    }
    await held.get(basename(path));
    const isThere = path.startsWith(base) && !broken.has(basename(path));
    const answer = await fetch(isThere ? `${files.url}/${path.slice(base.length)}` : `${files.url}/none`);
    response.statusCode = answer.status;
    for (const name of ['content-type', 'cache-control']) response.setHeader(name, answer.headers.get(name) ?? '');
    if (!plain) response.flushHeaders();
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await files.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}`, asked, broken, hold, close };
}

/** What Chromium is started with. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Else Chromium asks Google what a text area may be for.
  '--disable-features=AutofillServerCommunication',
  '--headless=new',
];

/** Chromium with a fresh profile. `close` ends it and removes the profile. */
export async function openBrowser() {
  const profile = mkdtempSync(join(tmpdir(), 'unroll-chromium-'));
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  const browser = await puppeteer.launch({ executablePath, userDataDir: profile, args: chromiumFlags, headless: true });
  const close = async () => {
    await browser.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return { browser, close };
}

/** A page of a browser or of a context of one, at `url`, whose errors are collected in `problems`: exceptions, console errors, failed requests. */
export async function openPage(browser, url, { width = 1280, height = 800 } = {}) {
  const page = await browser.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) problems.push(`${message.type()}: ${message.text()}`);
  });
  page.on('requestfailed', (request) => problems.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
  await page.setViewport({ width, height });
  await page.goto(url);
  await page.waitForSelector('unroll-panel');
  await page.evaluate(() => customElements.whenDefined('unroll-panel'));
  await page.waitForFunction(() => document.querySelector('unroll-panel').shadowRoot.querySelector('.cm-content'));
  return { page, problems };
}

/** A page with panels around the given programs, for servers that have the site at `base`. */
export function panelPage(codes, base = '') {
  const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  const panels = codes.map((code) => `<unroll-panel><pre>\n${escaped(code)}</pre></unroll-panel>`);
  return `<!doctype html><html lang="en"><head><title>Lesson</title><link rel="icon" href="data:,">
    <script type="module" src="${base}/unroll.js"></script></head><body>${panels.join('\n')}</body></html>`;
}

/** A page with one panel for all tests of a file, closed behind the last of them; with its server and browser. */
export async function onePanel() {
  const server = await serveSite({ pages: { '/lesson.html': panelPage(['print(1)']) } });
  const chromium = await openBrowser();
  after(async () => {
    await chromium.close();
    await server.close();
  });
  return { server, chromium, ...(await openPage(chromium.browser, `${server.url}/lesson.html`)) };
}

/** Runs `code` in the page's first panel and gives the result. */
export function runCode(page, code, files) {
  return page.evaluate(
    async ({ code, files }) => {
      const panel = document.querySelector('unroll-panel');
      panel.code = code;
      if (files) panel.files = files;
      return panel.run();
    },
    { code, files },
  );
}

/** What stands in a part of a panel, as the reader sees it. */
export function textOf(page, selector, index = 0) {
  return page.evaluate(
    ({ selector, index }) => {
      const element = document.querySelectorAll('unroll-panel')[index].shadowRoot.querySelector(selector);
      return element?.innerText ?? '';
    },
    { selector, index },
  );
}

/** Waits until a part of a panel shows text that holds `text`. */
export async function waitForText(page, selector, text, timeout = 60_000) {
  await page.waitForFunction(
    (selector, text) =>
      document.querySelector('unroll-panel').shadowRoot.querySelector(selector)?.innerText.includes(text),
    { timeout, polling: 50 },
    selector,
    text,
  );
}

/** Presses a button of a panel by its visible name. */
export async function press(page, name, index = 0) {
  const handle = await page.evaluateHandle(
    ({ name, index }) => {
      const buttons = document.querySelectorAll('unroll-panel')[index].shadowRoot.querySelectorAll('button');
      return [...buttons].find((button) => (button.ariaLabel ?? button.innerText).includes(name));
    },
    { name, index },
  );
  await handle.click();
}

/** Drags files over the first panel and drops them: `{name: text}`. Gives what the page showed meanwhile. */
export function dropFiles(page, files) {
  return page.evaluate(async (files) => {
    const panel = document.querySelector('unroll-panel');
    const target = panel.shadowRoot.querySelector('.editor');
    const transfer = new DataTransfer();
    for (const [name, text] of Object.entries(files)) transfer.items.add(new File([text], name));
    const fire = (type) =>
      target.dispatchEvent(
        new DragEvent(type, { dataTransfer: transfer, bubbles: true, composed: true, cancelable: true }),
      );
    fire('dragenter');
    const taken = !fire('dragover');
    await panel.updateComplete;
    const invited = panel.shadowRoot.querySelector('.drop').innerText;
    fire('drop');
    await new Promise((done) => setTimeout(done, 100));
    return { taken, invited, after: panel.shadowRoot.querySelector('.drop').hidden };
  }, files);
}

/** Presses Reset of the first panel, and says that what the reader changed may go. */
export async function pressReset(page) {
  await press(page, 'Reset');
  await page.waitForFunction(() => document.querySelector('unroll-panel').shadowRoot.querySelector('.reset-question'));
  await press(page, 'Drop them');
}
