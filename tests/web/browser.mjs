/** What tests of pages share: the site in a Chromium, both closed by themselves, and what a reader does with a panel in it. */

import { after } from 'node:test';
import { openBrowser } from './chromium.mjs';
import { runHere } from './in-page.mjs';
import { pageOf, panelPage, serveSite } from './site.mjs';

export { assetName, pageOf, panelOf, panelPage, strictPolicy } from './site.mjs';

let chromium;
after(async () => (await chromium)?.close());

/** The Chromium of a test file, with an empty profile: there when it is first asked for, closed behind the file's last test. */
export async function fileBrowser() {
  chromium ??= openBrowser();
  return (await chromium).browser;
}

/** A reader whom the file's Chromium does not know yet: a context with its own storage, closed as its pages are. */
export async function newReader(options) {
  const browser = await fileBrowser();
  const context = await browser.createBrowserContext(options);
  after(() => browser.connected && !context.closed && context.close());
  return context;
}

/** An empty page of the file's Chromium, or of a `reader` of it, closed at the end of the test or file that asks for it. */
export async function newPage({ width = 1280, height = 800, reader } = {}) {
  const browser = await fileBrowser();
  const page = await (reader ?? browser).newPage();
  after(() => browser.connected && !page.isClosed() && page.close());
  await page.setViewport({ width, height });
  return page;
}

/**
 * A page as newPage gives it, at `url`, with an editor in its first panel, and its `problems`: exceptions, console errors, failed
 * requests. `prepare(page)` comes before it loads.
 */
export async function visit(url, { prepare = () => {}, ...where } = {}) {
  const page = await newPage(where);
  const problems = watch(page);
  await prepare(page);
  await page.goto(url);
  await waitForEditor(page);
  return { page, problems };
}

/** What goes wrong in a page from now on, in words: exceptions, errors and warnings of the console, failed requests. */
export function watch(page) {
  const problems = [];
  page.on('pageerror', (error) => problems.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) problems.push(`${message.type()}: ${message.text()}`);
  });
  page.on('requestfailed', (request) => problems.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
  return problems;
}

/** Waits until the first panel of a page or frame has its editor, also while the page loads. */
export function waitForEditor(page) {
  return page.waitForFunction(() => document.querySelector('unroll-panel')?.shadowRoot?.querySelector('.cm-content'));
}

/**
 * The site as serveSite gives it, closed at the end of the test or file that asks for it. `open(path, options)` visits a page of
 * it, `show(body, options)` one with this body; options are those of visit and pageOf.
 * Not for before(): what is opened there is closed with that.
 */
export async function openSite({ pages = {}, ...options } = {}) {
  const server = await serveSite({ pages, ...options });
  after(server.close);
  const open = (path, options) => visit(server.url + path, options);
  const show = (body, options) => {
    pages['/page.html'] = pageOf(body, options);
    return open('/page.html', options);
  };
  return { ...server, open, show };
}

/** The site below /unroll/ of a host that pages of other origins may use. */
export function openHost() {
  return openSite({ base: '/unroll/', headers: { 'access-control-allow-origin': '*' } });
}

/** A site with a page that has one panel, and that page, for all tests of a file. */
export async function onePanel() {
  const site = await openSite({ pages: { '/lesson.html': panelPage(['print(1)']) } });
  return { site, ...(await site.open('/lesson.html')) };
}

/** Runs `code` in the page's first panel and gives the result. */
export function runCode(page, code, files) {
  return page.evaluate(runHere, code, files);
}

/** Runs what stands in a panel of the page and gives the result. */
export function runPanel(page, index = 0) {
  return page.evaluate((index) => document.querySelectorAll('unroll-panel')[index].run(), index);
}

/** The program of the page's first panel. */
export function codeOf(page) {
  return page.$eval('unroll-panel', (panel) => panel.code);
}

/** Waits until the program of the page's first panel holds `text`. */
export function waitForCode(page, text) {
  return page.waitForFunction(
    (text) => document.querySelector('unroll-panel')?.code?.includes(text),
    { polling: 50 },
    text,
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
      document.querySelector('unroll-panel')?.shadowRoot?.querySelector(selector)?.innerText.includes(text),
    { timeout, polling: 50 },
    selector,
    text,
  );
}

/** Waits until the page's first panel has an element. Not waitForSelector: that sees what changes in the page, not in a panel. */
export async function waitForPart(page, selector) {
  await page.waitForFunction(
    (selector) => document.querySelector('unroll-panel')?.shadowRoot?.querySelector(selector),
    { polling: 50 },
    selector,
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

/** Does what an entry of the first panel's menu does. */
export function runAction(page, id) {
  return page.$eval('unroll-panel', (panel, id) => panel.actions.find((action) => action.id === id).run(), id);
}

/** Presses keys together, the last one while the others are held: `keys(page, 'Control', 'Enter')`. */
export async function keys(page, ...names) {
  const held = names.slice(0, -1);
  for (const name of held) await page.keyboard.down(name);
  await page.keyboard.press(names.at(-1));
  for (const name of held) await page.keyboard.up(name);
}

/** Types into the editor of the first panel, where its cursor stands. */
export async function type(page, text) {
  await page.$eval('unroll-panel', (panel) => panel.focus());
  await page.keyboard.type(text);
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
  await press(page, 'Discard changes');
}
