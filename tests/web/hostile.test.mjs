// A program that wants what the site has: cookies, storage, answers for the reader only, the page itself.
import assert from 'node:assert/strict';
import { inEachBrowser } from './browsers.mjs';
import {
  attackProgram,
  attackScript,
  inventory,
  openSecrets,
  plant,
  reportProgram,
  secret,
  settle,
} from './hostile.mjs';

/** In the page: runs a hostile program and gives what it, or the one after it, says to have got. */
async function runAttack(isolated, attack, report) {
  const panel = document.querySelector('unroll-panel');
  panel.isolated = isolated;
  // As the reader edits it: another program of the author's would be another stranger's.
  const run = async (code) => {
    panel.edit(code);
    return panel.run();
  };
  const first = await run(attack);
  if (first.status !== 'ok') throw new Error(first.stderr);
  if (!report) return JSON.parse(first.stdout);
  await new Promise((done) => setTimeout(done, 3000));
  const { stdout, stderr } = await run(report);
  return stderr || JSON.parse(stdout);
}

inEachBrowser('a hostile program', async (browser, t) => {
  const site = await openSecrets();
  const page = await browser.open(`${site.url}/lesson.html`);
  await page.waitFor(() => customElements.get('unroll-panel') !== undefined);
  await page.evaluate(plant, secret);

  /** Runs the attack isolated: nothing came of it. */
  async function withstand(attack, report) {
    site.visits.length = 0;
    const before = await page.evaluate(inventory);
    const tried = await page.evaluate(runAttack, true, attack, report);
    assert.ok(Object.keys(tried).length > 25, JSON.stringify(tried));
    assert.ok(!JSON.stringify(tried).includes(secret), JSON.stringify(tried));
    // A channel of its own origin, which nobody hears; messages that the page does not believe.
    const harmless = ['channel', 'forged ready', 'worker of its own', 'caches delete: got false'];
    for (const [what, came] of Object.entries(tried))
      if (came.startsWith('got')) assert.ok(harmless.includes(what) || harmless.includes(`${what}: ${came}`), what);
    assert.deepEqual(site.visits, []);
    assert.deepEqual(await page.evaluate(inventory), before);
  }

  await t.test('an isolated program reads and changes nothing of the site, whatever it tries', async () => {
    await page.evaluate(settle);
    await withstand(attackProgram(site.url), reportProgram);
  });

  await t.test('nor does one in JavaScript', async () => {
    await page.evaluate(async () => {
      const panel = document.querySelector('unroll-panel');
      panel.lang = 'javascript';
      await panel.whenReady();
      window.heard = [];
    });
    await withstand(attackScript(site.url), null);
    await page.evaluate(() => {
      document.querySelector('unroll-panel').lang = 'python';
    });
  });

  await t.test('the same program, not isolated, finds what was planted', async () => {
    const tried = await page.evaluate(runAttack, false, attackProgram(site.url), reportProgram);
    assert.equal(tried.fetch, `got ${secret}`);
    assert.equal(tried.caches, `got ${secret}`);
    assert.ok(site.visits.some((visit) => visit === 'POST /change as the reader'));
  });
});
