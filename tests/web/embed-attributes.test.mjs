// What authors say of a panel in attributes, and what a page that shares a session among its panels gets.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSite, press, runPanel, textOf, type, waitForText } from './browser.mjs';

const site = await openSite({ pages: { '/data/a.txt': 'from a file', '/helper.py': 'answer = 42' } });

/** Shows `body`, and expects these problems when `use` is through. */
async function withBody(body, use, { attributes, expected = [] } = {}) {
  const { page, problems } = await site.show(body, { attributes });
  await use(page);
  assert.deepEqual(problems, expected);
}

const get = (page, name) => page.evaluate((name) => document.querySelector('unroll-panel')[name], name);

test('values that are none are told to the author, and the default holds', async () => {
  const element =
    '<unroll-panel theme="blue" timeout="soon" editable="maybe" hide="files sky"><pre>1</pre></unroll-panel>';
  const expected = [
    'warn: <unroll-panel theme="blue">: expected "auto" or "light" or "dark"; "auto" is used.',
    'warn: <unroll-panel timeout="soon">: expected a number above 0; no limit is used.',
    'warn: <unroll-panel editable="maybe">: expected "true" or "false"; "true" is used.',
  ];
  await withBody(
    element,
    async (page) => {
      assert.deepEqual(
        [await get(page, 'theme'), await get(page, 'timeout'), await get(page, 'editable')],
        ['auto', null, true],
      );
      const [last] = await page.evaluate(() => [
        getComputedStyle(document.querySelector('unroll-panel').shadowRoot.querySelector('.files')).display,
      ]);
      assert.equal(last, 'none');
    },
    {
      expected: [
        ...expected,
        'warn: <unroll-panel hide="files sky">: expected some of header tab run stop reset menu editor files plot output status; what is known of it is used.',
      ],
    },
  );
});

test('files come from addresses when they are needed, under the name that the author gives', async () => {
  const element = `<unroll-panel files="data/a.txt, helper.py tool.py=helper.py">
    <pre>import helper, tool\nprint(open("a.txt").read(), helper.answer, tool.answer)</pre></unroll-panel>`;
  await withBody(element, async (page) => {
    assert.match(await textOf(page, '.files'), /a\.txt\s+helper\.py\s+tool\.py/);
    assert.ok(!site.asked.includes('/data/a.txt'));
    assert.equal((await runPanel(page)).stdout, 'from a file 42 42\n');
    assert.match(await textOf(page, '.files'), /a\.txt\s*11 B/);
  });
});

test('a file that is not there ends the run with its address', async () => {
  const expected = [
    'error: Failed to load resource: the server responded with a status of 404 (Not Found)',
    `warn: The file none.txt could not be loaded: ${site.url}/none.txt answered 404 Not Found.`,
  ];
  await withBody(
    '<unroll-panel files="none.txt"><pre>1</pre></unroll-panel>',
    async (page) => {
      const { error } = await runPanel(page);
      assert.match(
        `${error.type}: ${error.message}`,
        /^LoadError: The file none\.txt could not be loaded: http.*\/none\.txt answered 404 Not Found\.$/,
      );
    },
    { expected },
  );
});

test('what is not editable can be read, run and selected, but not written', async () => {
  await withBody('<unroll-panel editable="false"><pre>print("fixed")</pre></unroll-panel>', async (page) => {
    await type(page, 'x');
    assert.equal(await get(page, 'code'), 'print("fixed")');
    assert.equal((await runPanel(page)).stdout, 'fixed\n');
    await page.evaluate(() => {
      document.querySelector('unroll-panel').editable = true;
    });
    await page.evaluate(() => document.querySelector('unroll-panel').updateComplete);
    await page.keyboard.type('#');
    assert.equal(await get(page, 'code'), '#print("fixed")');
  });
});

test('a program is stopped at its time limit, which loading does not count for', async () => {
  await withBody('<unroll-panel timeout="1"><pre>print("go")\nwhile True: pass</pre></unroll-panel>', async (page) => {
    const { status, stdout, seconds } = await runPanel(page);
    assert.deepEqual([status, stdout], ['stopped', 'go\n']);
    assert.ok(seconds >= 0.9 && seconds < 4, `${seconds} s`);
    assert.match(await textOf(page, '.output'), /The time limit of this panel is 1 second\./);
  });
});

test('autorun runs a program when it comes into view, eager loads Python and click loads nothing', async () => {
  const far = '<div style="height: 4000px"></div>';
  const body = `<unroll-panel><pre>print("above")</pre></unroll-panel>${far}
    <unroll-panel autorun><pre>print("by itself")</pre></unroll-panel>`;
  await withBody(body, async (page) => {
    await new Promise((done) => setTimeout(done, 300));
    assert.equal(page.workers().length, 0);
    await page.evaluate(() => document.querySelectorAll('unroll-panel')[1].scrollIntoView());
    await page.waitForFunction(
      () =>
        document
          .querySelectorAll('unroll-panel')[1]
          .shadowRoot.querySelector('.output')
          .innerText.includes('by itself'),
      { timeout: 60_000 },
    );
  });
  await withBody('<unroll-panel loading="eager"><pre>1</pre></unroll-panel>', async (page) => {
    await page.evaluate(() => document.querySelector('unroll-panel').whenReady());
    assert.equal(page.workers().length, 1);
  });
  await withBody(`${far}<unroll-panel loading="lazy"><pre>1</pre></unroll-panel>`, async (page) => {
    await new Promise((done) => setTimeout(done, 300));
    assert.equal(page.workers().length, 0);
    await page.evaluate(() => document.querySelector('unroll-panel').scrollIntoView());
    await page.waitForFunction(() => document.querySelector('unroll-panel').runtime.state === 'ready', {
      timeout: 60_000,
    });
  });
});

test('the theme follows the page as it changes, and an attribute of its own goes before', async () => {
  const scheme = (page, index = 0) =>
    page.evaluate((index) => getComputedStyle(document.querySelectorAll('unroll-panel')[index]).colorScheme, index);
  const body = '<unroll-panel><pre>1</pre></unroll-panel><unroll-panel theme="light"><pre>1</pre></unroll-panel>';
  await withBody(
    body,
    async (page) => {
      assert.deepEqual([await scheme(page), await scheme(page, 1)], ['dark', 'light']);
      const set = (change) => page.evaluate(change);
      await set(() => document.documentElement.setAttribute('data-theme', 'light'));
      await page.waitForFunction(
        () => getComputedStyle(document.querySelector('unroll-panel')).colorScheme === 'light',
      );
      await set(() => {
        document.documentElement.removeAttribute('data-theme');
        document.body.className = 'quarto-dark';
      });
      await page.waitForFunction(() => getComputedStyle(document.querySelector('unroll-panel')).colorScheme === 'dark');
      await set(() => {
        document.body.className = '';
      });
      await page.waitForFunction(
        () => getComputedStyle(document.querySelector('unroll-panel')).colorScheme === 'light dark',
      );
      await set(() => {
        document.documentElement.style.colorScheme = 'dark';
      });
      await page.waitForFunction(() => getComputedStyle(document.querySelector('unroll-panel')).colorScheme === 'dark');
    },
    { attributes: 'data-theme="dark"' },
  );
});

test('max-lines bounds the editor, hide takes parts away', async () => {
  const long = Array.from({ length: 30 }, (_, i) => `x${i} = ${i}`).join('\n');
  await withBody(`<unroll-panel max-lines="4" hide="reset output"><pre>${long}</pre></unroll-panel>`, async (page) => {
    const height = (part) =>
      page.evaluate(
        (part) => document.querySelector('unroll-panel').shadowRoot.querySelector(part)?.offsetHeight ?? 0,
        part,
      );
    const editor = await height('.editor');
    assert.ok(Math.abs(editor - (4 * 22.4 + 28)) < 2, `${editor} px`);
    assert.deepEqual([await height('.reset'), await height('.result')], [0, 0]);
    assert.ok((await height('.run')) > 0);
  });
});

const session = `
  <unroll-panel id="data"><pre>import torch\nprint("data")\nx = torch.ones(2)\ndef boom(): return x + "no"</pre></unroll-panel>
  <unroll-panel id="model" depends-on="data" files="note.txt=data/a.txt"><pre>print("model")\ny = x * 2\nopen("made.txt", "w").write("made")</pre></unroll-panel>
  <unroll-panel id="use" depends-on="model"><pre>print(y.sum().item(), open("made.txt").read(), open("note.txt").read())</pre></unroll-panel>
  <unroll-panel id="alone"><pre>print("x" in globals())</pre></unroll-panel>`;

test('panels that depend on others run those first, once, and share names and files with them', async () => {
  await withBody(session, async (page) => {
    assert.equal((await runPanel(page, 2)).stdout, '4.0 made from a file\n');
    assert.equal(await textOf(page, '.output', 0), 'data\n');
    assert.equal(await textOf(page, '.output', 1), 'model\n');
    assert.equal((await runPanel(page, 3)).stdout, 'False\n');
    await page.evaluate(() => document.querySelector('#data').edit('print("edited")\nx = 5'));
    assert.equal((await runPanel(page, 2)).stdout, '4.0 made from a file\n');
    await press(page, 'Run all above', 2);
    await page.waitForFunction(() =>
      document.querySelector('#model').shadowRoot.querySelector('.status').innerText.startsWith('Finished'),
    );
    await page.waitForFunction(() =>
      document.querySelector('#data').shadowRoot.querySelector('.output').innerText.includes('edited'),
    );
    const failed = await runPanel(page, 2);
    assert.deepEqual([failed.status, failed.error.type], ['error', 'AttributeError']);
  });
});

test('a program goes on from nothing that failed, and a traceback names the panels', async () => {
  await withBody(session, async (page) => {
    await page.evaluate(() => document.querySelector('#model').edit('1 / 0'));
    const { error } = await runPanel(page, 2);
    assert.equal(error.message, 'This program continues from "model", which ended with an error. Run that one first.');
    await page.evaluate(() => document.querySelector('#model').edit('\nboom()'));
    const { traceback, line } = (await runPanel(page, 1)).error;
    assert.match(traceback, /File "model\.py", line 2.*\n {4}boom\(\)[\s\S]*File "data\.py", line 4, in boom/);
    assert.equal(line, 2);
  });
});

test('after a Stop the panels above run again, because their names are gone', async () => {
  await withBody(session, async (page) => {
    await runPanel(page, 1);
    await page.evaluate(() => document.querySelector('#alone').edit('print("busy")\nwhile True: pass'));
    const busy = runPanel(page, 3);
    await waitForText(page, '.output', 'data');
    await page.waitForFunction(() =>
      document.querySelector('#alone').shadowRoot.querySelector('.output').innerText.includes('busy'),
    );
    await page.evaluate(() => document.querySelector('#alone').stop());
    await busy;
    assert.equal((await runPanel(page, 2)).stdout, '4.0 made from a file\n');
  });
});
