/** Chromium as the tests and the benchmark start it. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';

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
