// The ways for Sphinx and MkDocs in docs/: the HTML that they write. Where there is a real Sphinx (UNROLL_SPHINX names the
// command, else `python3 -m sphinx`), a page is built with it, too.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { loadPyodide } from 'pyodide';
import { read } from './pyodide.mjs';

const source = `numbers = [1, 2, 3]

total = 0 if 1 < 2 & True else 1


print("total", total)
---- setup
import math
---- check
check(total == 6, "Add <all> three.")
---- hint
Use sum() & co.
---- solution
total = sum(numbers)

print("total", total)
---- output
total 0
`;
const html = `<unroll-panel id="sum" autorun hint="&quot;Look&quot; &lt;here&gt;">
<pre>
numbers = [1, 2, 3]
&#10;total = 0 if 1 &lt; 2 &amp; True else 1
&#10;
print("total", total)
</pre>
<pre class="setup" hidden>
import math
</pre>
<pre class="check" hidden>
check(total == 6, "Add &lt;all&gt; three.")
</pre>
<details class="hint"><summary>Hint</summary>Use sum() &amp; co.</details>
<details class="solution"><summary>Solution</summary><pre>
total = sum(numbers)
&#10;print("total", total)
</pre></details>
<pre class="output">
total 0
</pre>
</unroll-panel>`;

/** What of docutils and Sphinx the extension builds on. */
const stand = `
import sys, types
def module(name, **names):
    made = sys.modules[name] = types.ModuleType(name)
    vars(made).update(names)
    return made
class Element:
    def __init__(self, *text, **attributes): self.attributes, self.children = attributes, []
    def __getitem__(self, name): return self.attributes[name]
    def __iadd__(self, child): self.children.append(child); return self
class Directive:
    def __init__(self, options, content): self.options, self.content, self.arguments = options, content, []
    def set_source_info(self, node): pass
    def error(self, text): return RuntimeError(text)
module("docutils", nodes=module("docutils.nodes", General=type('General', (), {}), Element=Element, literal_block=Element))
module("docutils.parsers"); directives = types.SimpleNamespace(unchanged=str, unchanged_required=str)
module("docutils.parsers.rst", directives=directives)
module("sphinx"); module("sphinx.util"); module("sphinx.util.docutils", SphinxDirective=Directive)
`;

let python;

before(async () => {
  python = await loadPyodide();
  for (const path of ['docs/sphinx/unroll_html.py', 'docs/sphinx/unroll_sphinx.py', 'docs/mkdocs/unroll_mkdocs.py'])
    python.FS.writeFile(path.split('/').at(-1), await read(path));
  python.runPython(`import sys\nsys.path.insert(0, ".")\n${stand}`);
});

const run = (code) => {
  python.globals.set('source', source);
  return python.runPython(code);
};

test('a block becomes the element with its parts, without an empty line that would end it in Markdown', () => {
  const made = run(
    'import unroll_html\nunroll_html.panel(source, {"id": "sum", "autorun": None, "hint": \'"Look" <here>\'})',
  );
  assert.equal(made, html);
  assert.doesNotMatch(made, /\n\n/);
});

test('a part or an option that there is not is named', () => {
  assert.throws(
    () => run('unroll_html.panel("---- chekc\\nx")'),
    /line 1: there is no part 'chekc', only setup, check/,
  );
  assert.throws(
    () => run('unroll_html.panel("x", {"themes": "dark"})'),
    /there is no option 'themes', only id, title, src/,
  );
});

test('options are the attributes that the element has', async () => {
  const options = await read('web/panel/options.ts');
  const [, table] = /export const attributeNames = \{\n(.*?)\} as const/s.exec(options);
  const names = [...table.matchAll(/: '([\w-]+)'/g)].map(([, name]) => name);
  assert.ok(names.length > 20);
  assert.deepEqual(run('list(unroll_html.ATTRIBUTES)').toJs(), names);
});

test('lines for input() become an attribute with all of them', () => {
  const made = run('unroll_html.panel("print(input())\\n---- stdin\\nAda & Bo\\n\\n36")');
  assert.equal(made, '<unroll-panel stdin="Ada &amp; Bo&#10;&#10;36">\n<pre>\nprint(input())\n</pre>\n</unroll-panel>');
});

test("the directive's node holds the HTML and a listing for other formats", () => {
  const made = run(`import unroll_sphinx
options = {"hint": '"Look" <here>', "autorun": "", "id": "sum"}
[node] = unroll_sphinx.UnrollDirective(options, source.splitlines()).run()
assert node.children[0].attributes == {"language": "python"}
node["html"]`);
  assert.equal(made, html);
  const wrong = 'unroll_sphinx.UnrollDirective({}, ["---- chekc"]).run()';
  assert.throws(() => run(wrong), /unroll: line 1: there is no part 'chekc'/);
});

test("MkDocs' fence takes the panel's options, and leaves a block with others alone", () => {
  const made = run(`import unroll_mkdocs
options = {}
given = {"autorun": "autorun", "hint": '"Look" <here>'}
assert unroll_mkdocs.options("unroll", given, options, {}, None)
assert not unroll_mkdocs.options("unroll", {"linenums": "1"}, {}, {}, None)
assert unroll_mkdocs.options("unroll", {"max_lines": "5"}, {}, {}, None)
unroll_mkdocs.fence(source, "unroll", "unroll", options, None, id_value="sum", classes=[])`);
  assert.equal(made, `<div class="unroll">\n${html}\n</div>`);
});

test('the programs in the READMEs print the output that stands there, and go on from panels that are there', async () => {
  for (const way of ['sphinx', 'mkdocs', 'quarto']) {
    const text = await read(`docs/${way}/README.md`);
    const [example] = /numbers = \[1, 2, 3\][\s\S]*?---- output\n.*/.exec(text);
    python.globals.set('source', example.replace(/^ {3}/gm, ''));
    const [found, expected] = python.runPython(`import contextlib, io, unroll_html
program, parts = unroll_html.split(source)
with contextlib.redirect_stdout(io.StringIO()) as printed:
    exec(program, {})
[printed.getvalue().strip(), dict(parts)["output"].strip()]`);
    assert.equal(found, expected, way);
    const ids = [...text.matchAll(/(?::id: |\bid="|#)(\w+)/g)].map(([, id]) => id);
    for (const [, id] of text.matchAll(/depends[-_]on[:=] ?"?(\w+)/g)) assert.ok(ids.includes(id), `${way}: ${id}`);
  }
});

const sphinx = (process.env.UNROLL_SPHINX ?? 'python3 -m sphinx').split(' ');

function hasSphinx() {
  try {
    return /\d/.test(execFileSync(sphinx[0], [...sphinx.slice(1), '--version'], { encoding: 'utf8', stdio: 'pipe' }));
  } catch {
    return false;
  }
}

test('Sphinx itself builds a page with a panel', { skip: hasSphinx() ? false : 'there is no Sphinx here' }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'unroll-sphinx-'));
  const docs = new URL('../../docs/sphinx', import.meta.url).pathname;
  for (const name of ['unroll_sphinx.py', 'unroll_html.py']) cpSync(join(docs, name), join(folder, name));
  const settings = 'import sys\nsys.path.insert(0, ".")\nproject = "x"\nextensions = ["unroll_sphinx"]\n';
  writeFileSync(
    join(folder, 'conf.py'),
    `${settings}unroll_url = "https://host.example/unroll/"\nhtml_theme = "basic"\n`,
  );
  const indented = source.replace(/^(?=.)/gm, '   ');
  const options = '   :id: sum\n   :autorun:\n   :hint: "Look" <here>\n';
  writeFileSync(join(folder, 'index.rst'), `Title\n=====\n\n.. unroll::\n${options}\n${indented}`);
  try {
    execFileSync(sphinx[0], [...sphinx.slice(1), '-q', '-W', '-b', 'html', '.', 'out'], { cwd: folder, stdio: 'pipe' });
    const page = readFileSync(join(folder, 'out/index.html'), 'utf8');
    // Sphinx gives options in the directive's own order.
    assert.match(page, /<unroll-panel id="sum" autorun hint="&quot;Look&quot; &lt;here&gt;">/);
    assert.ok(page.includes(html.slice(html.indexOf('\n'))));
    assert.match(page, /<script type="module" src="https:\/\/host\.example\/unroll\/unroll\.js"><\/script>/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
