/**
 * The three browser engines behind one small interface, for tests of what has to hold in each of them: Chromium and Firefox by
 * Puppeteer, WebKitGTK by its WebDriver. Tests of the panel itself use browser.mjs, which has Chromium and more of it.
 *
 *   inEachBrowser('a program prints', async (browser, t) => {
 *     const site = await openSite({ pages });
 *     const page = await browser.open(`${site.url}/lesson.html`);
 *     await t.test('by itself', async () => {
 *       const { stdout } = await page.evaluate(() => document.querySelector('unroll-panel').run());
 *       …
 */
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import puppeteer from 'puppeteer-core';
import { browserNames, findBrowser, whyNot } from '../../wasm-bindings/setup/browsers.mjs';
import { chromiumFlags } from './chromium.mjs';
import { openWebKit } from './webkit.mjs';

/** How long one call into a page may take, in ms. */
const patience = 120_000;

/**
 * @typedef {object} TestPage
 * @property {(fn: Function, ...args: any[]) => Promise<any>} evaluate calls fn (also an async one) in the page; arguments and
 *   results are what JSON holds. Rejects with the page's exception
 * @property {(fn: Function, ...args: any[]) => Promise<any>} waitFor calls fn until it gives something true, and gives that.
 *   Rejects after a minute
 * @property {(url: string) => Promise<void>} goto resolves when the page has loaded
 * @property {() => Promise<Buffer>} screenshot what shows in the window, as PNG
 * @property {() => Promise<void>} close
 *
 * @typedef {object} TestBrowser
 * @property {string} name
 * @property {(url: string, size?: {width: number, height: number}) => Promise<TestPage>} open a page in a window of its own; the
 *   pages of a browser share its cookies and storage. A window of WebKitGTK is at least 450 px wide
 * @property {() => Promise<void>} close ends the browser and removes its profile
 */

/**
 * Declares a test for each of the browsers that are on this machine, which is open as long as the test goes on.
 * @param {string} title of the test; "in" and the browser's name follow
 * @param {(browser: TestBrowser, t: import('node:test').TestContext) => Promise<void>} use
 * @param {{agent?: string}} [options] the name that the browser gives itself (`navigator.userAgent`)
 */
export function inEachBrowser(title, use, options = {}) {
  for (const name of browserNames)
    test(`${title} in ${name}`, { skip: whyNot(name) }, async (t) => {
      const browser = await launch(name, options);
      after(browser.close);
      await use(browser, t);
    });
}

/** Starts a browser with a fresh profile. */
async function launch(name, { agent }) {
  const profile = mkdtempSync(join(tmpdir(), `unroll-${name}-`));
  const start = name === 'webkit' ? openWebKit : openByPuppeteer[name];
  // A process of the browser may outlive its window for a moment and still write there.
  const forget = () => rm(profile, { recursive: true, force: true, maxRetries: 10 }).catch(() => {});
  try {
    const { open, close } = await start(findBrowser(name), profile, patience, agent);
    return {
      name,
      open: async (url, { width = 1280, height = 800 } = {}) => {
        const page = await open({ width, height });
        await page.goto(url);
        return { ...page, waitFor: (fn, ...args) => waitFor(page, name, fn, args) };
      },
      close: () => close().finally(forget),
    };
  } catch (error) {
    await forget();
    throw error;
  }
}

async function waitFor(page, name, fn, args, timeout = 60_000) {
  for (const end = Date.now() + timeout; Date.now() < end; await sleep(50)) {
    const found = await page.evaluate(fn, ...args);
    if (found) return found;
  }
  throw new Error(`${name}: after ${timeout / 1000} s this still was not so: ${fn} (${JSON.stringify(args)})`);
}

const openByPuppeteer = {
  chromium: (executablePath, userDataDir, protocolTimeout, agent) => {
    const args = [...chromiumFlags, ...(agent ? [`--user-agent=${agent}`] : [])];
    return puppetry({ executablePath, userDataDir, protocolTimeout, args });
  },
  firefox: (executablePath, userDataDir, protocolTimeout, agent) =>
    puppetry({
      executablePath,
      userDataDir,
      protocolTimeout,
      browser: 'firefox',
      protocol: 'webDriverBiDi',
      // Pages of the tests come from this machine, and so does all that they may ask for.
      extraPrefsFirefox: {
        'network.captive-portal-service.enabled': false,
        'network.connectivity-service.enabled': false,
        ...(agent && { 'general.useragent.override': agent }),
      },
    }),
};

async function puppetry(options) {
  const browser = await puppeteer.launch({ ...options, headless: true });
  const open = async (viewport) => {
    const page = await browser.newPage();
    page.setDefaultTimeout(60_000);
    await page.setViewport(viewport);
    return {
      evaluate: (fn, ...args) => page.evaluate(fn, ...args),
      goto: async (url) => void (await page.goto(url)),
      screenshot: async () => Buffer.from(await page.screenshot()),
      close: () => page.close(),
    };
  };
  return { open, close: () => browser.close() };
}
