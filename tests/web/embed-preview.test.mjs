// The preview of "Embed…" beside what is around it: a session's panels, a page's theme, a stranger's program.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSite, panelOf } from './browser.mjs';
import { importSource } from './source.mjs';

const { packHash } = await importSource('share/link.ts');
const site = await openSite();

/** Opens Embed… of a page's last panel; gives that and the preview. */
async function preview({ page, problems }) {
  const found = await page.evaluateHandle(() => [...document.querySelectorAll('unroll-panel')].at(-1));
  const panel = found.asElement();
  await panel.evaluate(({ actions }) => actions.find(({ id }) => id === 'embed').run());
  const shown = await page.waitForFunction(
    (panel) => {
      const preview = panel.shadowRoot.querySelector('.embed unroll-panel');
      return preview?.shadowRoot?.querySelector('.cm-content') && preview;
    },
    {},
    panel,
  );
  return { page, panel, shown: shown.asElement(), problems };
}
const previewIn = async (body) => preview(await site.show(body));

test("an output that the author recorded stays in the lines and in the preview, where there is none of one's own", async () => {
  const { panel, shown } = await previewIn(
    '<unroll-panel><pre>print(2)</pre><pre class="output">1</pre></unroll-panel>',
  );
  assert.match(await shown.evaluate(({ shadowRoot }) => shadowRoot.querySelector('.output').innerText), /\n1\n?$/);
  const lines = await panel.evaluate(({ shadowRoot }) => shadowRoot.querySelector('.embed textarea').value);
  assert.ok(lines.includes('<pre class="output">\n1\n</pre>'), lines);
});

test('the preview of a panel that goes on from others does so, too', async () => {
  const above = panelOf('x = [1, 2, 3]', 'id="data"');
  const { shown, problems } = await previewIn(above + panelOf('print(sum(x))', 'id="model" depends-on="data"'));
  const said = await shown.evaluate(({ shadowRoot }) => shadowRoot.querySelector('.session p').innerText);
  assert.equal(said, 'Continues from data');
  const { stdout, stderr } = await shown.evaluate((panel) => panel.run());
  assert.equal(stdout, '6\n', stderr);
  assert.deepEqual(problems, []);
});

test('theme and layout are those that the page will show, not those of the panel around the dialogue', async () => {
  const light = '<style>body { color-scheme: light }</style>';
  const { panel, shown } = await previewIn(light + panelOf('1', 'theme="dark" persist="x"'));
  const scheme = () => shown.evaluate((panel) => getComputedStyle(panel).colorScheme);
  assert.equal(await scheme(), 'dark');
  const choose = (index, value) =>
    panel.evaluate(
      ({ shadowRoot }, index, value) => {
        const select = shadowRoot.querySelectorAll('.embed select')[index];
        select.value = value;
        select.dispatchEvent(new Event('change'));
        return new Promise((done) => setTimeout(done, 300));
      },
      index,
      value,
    );
  await choose(0, 'auto');
  assert.equal(await scheme(), 'light');
  await choose(1, 'side');
  const [layout, persist, width] = await shown.evaluate((panel) => [panel.layout, panel.persist, panel.offsetWidth]);
  assert.deepEqual([layout, persist], ['side', null]);
  assert.ok(width >= 900, `${width} px`);
});

test("the preview of a link's program stays apart from the site and waits for its reader", async () => {
  const hash = await packHash({ code: 'print("by itself")', files: {}, settings: {} });
  const { page, panel, shown: first } = await preview(await site.open(`/index.html${hash}`));
  await panel.evaluate(({ shadowRoot }) => {
    const box = [...shadowRoot.querySelectorAll('.embed label')].find(({ innerText }) =>
      /automatically/.test(innerText),
    );
    box.querySelector('input').click();
  });
  const shown = await page.waitForFunction(
    ({ shadowRoot }) => {
      const preview = shadowRoot.querySelector('.embed unroll-panel');
      return preview.autorun && preview;
    },
    {},
    panel,
  );
  await new Promise((done) => setTimeout(done, 1000));
  assert.deepEqual(await shown.evaluate((panel) => [panel.isolated, panel.isBusy]), [true, false]);
  const { stdout, stderr } = await shown.evaluate((panel) => panel.run());
  assert.equal(stdout, 'by itself\n', stderr);
  assert.ok(await first.evaluate((panel) => !panel.isConnected));
});

test('a preview that runs ends with the dialogue, and files that the lines do not hold are named', async () => {
  const { page, panel, shown } = await previewIn(panelOf('while True: print(end="")'));
  await shown.evaluate((panel) => {
    window.ended = panel.run();
  });
  await panel.evaluate(({ shadowRoot }) => shadowRoot.querySelector('.embed').close());
  assert.equal(await page.evaluate(async () => (await window.ended).status), 'stopped');
  await panel.evaluate((panel) => {
    panel.files = { 'input.txt': 'x' };
    return panel.actions.find(({ id }) => id === 'embed').run();
  });
  await page.waitForFunction(
    ({ shadowRoot }) =>
      shadowRoot
        .querySelector('#embed-lines')
        ?.innerText.includes('These lines do not include input.txt. Upload what the program reads to a web host'),
    {},
    panel,
  );
});
