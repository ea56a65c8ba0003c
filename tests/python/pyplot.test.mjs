// The small matplotlib. Numbers are those of matplotlib 3.10.1.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { startPython } from './pyodide.mjs';

let figures;

const python = await startPython();
python.pyodide.pyimport('unroll.page').connect({
  figure: (id, svg, title) => figures.push({ id, svg, title }),
  scalars: () => {},
});

beforeEach(() => {
  figures = [];
  python.run('import matplotlib.pyplot as plt\nplt.close("all")\nplt.rcdefaults()\nplt.ioff()');
});

/** Runs Python after `import matplotlib.pyplot as plt`; gives what it put into the list `found`. */
const find = (code) =>
  JSON.parse(
    python.run(`
import json, math
import matplotlib.pyplot as plt
found = []
def rounded(values):
    values = values.tolist() if hasattr(values, "tolist") else values
    return [rounded(v) if isinstance(v, (list, tuple)) else round(float(v), 6) for v in values]
def refused(function):
    try:
        function()
    except Exception as error:
        found.append(f"{type(error).__name__}: {error}")
${code}
json.dumps(found)`),
  );

test('show() sends each open figure to the page as one SVG, and closes it', () => {
  assert.deepEqual(
    find(`
plt.plot([1, 2, 3], label="loss")
plt.xlabel("Epoch")
plt.ylabel("Loss")
plt.title("Training & test")
plt.legend()
plt.figure()
plt.bar(["a", "b"], [1, 2])
found.append(plt.get_fignums())
plt.show()
found.append(plt.get_fignums())
`),
    [[1, 2], []],
  );
  assert.deepEqual(
    figures.map(({ title }) => title),
    ['Training & test: Loss over Epoch', 'Figure 2'],
  );
  const { svg } = figures[0];
  assert.match(svg, /^<svg [^>]*viewBox="0 0 640 480"[^>]*role="img"/);
  assert.match(svg, /<title>Training &amp; test: Loss over Epoch<\/title>/);
  for (const text of ['Epoch', 'Loss', 'Training &amp; test', 'loss', '2.00'])
    assert.match(svg, new RegExp(`>${text}</text>`));
  assert.match(svg, /stroke="#1f77b4"/);
  assert.doesNotMatch(svg, /<style|<script|NaN|id="/);
});

test('ink and paper follow the page, data keep their colours, text over an image stays as it is', () => {
  find(`
plt.plot([1, 2], "k--")
plt.show()
plt.imshow([[0, 1], [2, 3]])
plt.text(0, 0, "on the image", color="w")
plt.show()
`);
  const [line, image] = figures.map(({ svg }) => svg);
  assert.match(line, /stroke="currentColor"[^>]*stroke-dasharray/);
  assert.match(line, /fill="var\(--unroll-paper, #fff\)"/);
  assert.match(image, /fill="#ffffff"[^>]*>on the image/);
  assert.match(image, /<image [^>]*href="data:image\/png;base64,/);
});

test('a page, and no file, knows lines that colours alone tell apart, and has a legend below where it would hide data', () => {
  const [file] = find(`
import io
for k in range(12):
    plt.plot([k % 2, 1 - k % 2] * 40, label=f"line {k}")
plt.legend()
file = io.StringIO()
plt.savefig(file, format="svg")
found.append(file.getvalue())
plt.show()
plt.plot([1, 2], "-", label="chosen")
plt.plot([2, 1], label="plain")
plt.legend()
plt.show()
`);
  assert.match(file, /viewBox="0 0 640 480"/);
  assert.doesNotMatch(file, /class=/);
  const [covered, chosen] = figures.map(({ svg }) => svg);
  const height = Number(/viewBox="0 0 640 ([\d.]+)"/.exec(covered)[1]);
  assert.ok(height > 500 && height < 620, `${height}`);
  assert.equal(covered.match(/class="unroll-line-11"/g).length, 2);
  assert.match(chosen, /viewBox="0 0 640 480"/);
  assert.doesNotMatch(chosen, /class=/);
});

test('automatic limits and ticks are those of matplotlib', () => {
  assert.deepEqual(
    find(`
def look(draw):
    fig, ax = plt.subplots()
    draw(ax)
    found.append([rounded(ax.get_xlim()), rounded(ax.get_ylim()), rounded(ax.get_yticks()),
                  [t.get_text() for t in ax.get_yticklabels()]])
    plt.close(fig)
look(lambda ax: ax.plot([4, 5, 7]))
look(lambda ax: ax.plot([5]))
look(lambda ax: ax.bar(["a", "b"], [3, -4]))
look(lambda ax: ax.imshow([[1, 2], [3, 4], [5, 6]]))
look(lambda ax: ax.plot([0, 1], [1e7, 1.00001e7]))
`),
    [
      [
        [-0.1, 2.1],
        [3.85, 7.15],
        [3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7, 7.5],
        ['3.5', '4.0', '4.5', '5.0', '5.5', '6.0', '6.5', '7.0', '7.5'],
      ],
      [
        [-0.055, 0.055],
        [4.725, 5.275],
        [4.7, 4.8, 4.9, 5, 5.1, 5.2, 5.3],
        ['4.7', '4.8', '4.9', '5.0', '5.1', '5.2', '5.3'],
      ],
      [
        [-0.49, 1.49],
        [-4.35, 3.35],
        [-5, -4, -3, -2, -1, 0, 1, 2, 3, 4],
        ['−5', '−4', '−3', '−2', '−1', '0', '1', '2', '3', '4'],
      ],
      [
        [-0.5, 1.5],
        [2.5, -0.5],
        [-0.5, 0, 0.5, 1, 1.5, 2, 2.5],
        ['−0.5', '0.0', '0.5', '1.0', '1.5', '2.0', '2.5'],
      ],
      [
        [-0.05, 1.05],
        [9999995, 10000105],
        [9999980, 10000000, 10000020, 10000040, 10000060, 10000080, 10000100, 10000120],
        ['−20', '0', '20', '40', '60', '80', '100', '120'],
      ],
    ],
  );
});

test('a logarithmic axis has powers as ticks', () => {
  find('plt.semilogy([1, 10, 100, 1000])\nplt.show()');
  assert.match(figures[0].svg, />10<tspan dy="-[\d.]+" font-size="[\d.]+">2<\/tspan><\/text>/);
});

test('hist() counts as NumPy does, and returns counts, edges and bars', () => {
  assert.deepEqual(
    find(`
counts, edges, bars = plt.hist([1, 2, 2, 3, 3, 3, 7.5])
found += [rounded(counts), rounded(edges), len(bars)]
counts, edges, _ = plt.hist([1, 2, 2, 3, 3, 3, 7.5], bins=4, density=True, cumulative=True)
found += [rounded(counts), rounded(edges)]
counts, _, _ = plt.hist([[1, 2, 2, 3], [3, 3, 7.5]], bins=[0, 2, 4, 8], stacked=True)
found.append(rounded(counts))
found.append(len(plt.hist([float(i * i % 37) for i in range(100)], bins="auto")[0]))
`),
    [
      [1, 2, 0, 3, 0, 0, 0, 0, 0, 1],
      [1, 1.65, 2.3, 2.95, 3.6, 4.25, 4.9, 5.55, 6.2, 6.85, 7.5],
      10,
      [0.428571, 0.857143, 0.857143, 1],
      [1, 2.625, 4.25, 5.875, 7.5],
      [
        [1, 3, 0],
        [1, 5, 1],
      ],
      8,
    ],
  );
});

test('tensors are drawn, and one that requires a gradient is refused as PyTorch refuses it', () => {
  assert.deepEqual(
    find(`
import torch
line, = plt.plot(torch.arange(3), torch.tensor([1.0, 4.0, 9.0]))
found.append(rounded(line.get_ydata()))
plt.imshow(torch.eye(3))
plt.scatter(torch.zeros(2), [torch.tensor(1.0), torch.tensor(2.0)])
refused(lambda: plt.plot(torch.ones(3, requires_grad=True)))
`)[1].split('\n')[0],
    "RuntimeError: Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.",
  );
});

test('mistakes are answered in matplotlib’s words', () => {
  assert.deepEqual(
    find(`
refused(lambda: plt.plot([1, 2, 3], [1, 2]))
refused(lambda: plt.plot([1, 2], "qq"))
refused(lambda: plt.plot([1, 2], foo=3))
refused(lambda: plt.plot([1, 2], marker="Q"))
refused(lambda: plt.scatter([1, 2], [1, 2, 3]))
refused(lambda: plt.imshow([1, 2, 3]))
refused(lambda: plt.subplot(2, 2, 5))
refused(lambda: plt.gca().set_yscale("foo"))
plt.close("all")
refused(lambda: plt.colorbar())
refused(lambda: plt.no_such_name)
`),
    [
      'ValueError: x and y must have same first dimension, but have shapes (3,) and (2,)',
      "ValueError: 'qq' is not a valid format string (unrecognized character 'q')",
      "AttributeError: Line2D.set() got an unexpected keyword argument 'foo'",
      "ValueError: Unrecognized marker style 'Q'",
      'ValueError: x and y must be the same size',
      'TypeError: Invalid shape (3,) for image data',
      'ValueError: num must be an integer with 1 <= num <= 4, not 5',
      "ValueError: 'foo' is not a valid value for scale; supported values are 'linear', 'log', 'symlog', 'asinh', 'logit', 'function', 'functionlog'",
      'RuntimeError: No mappable was found to use for colorbar creation. First define a mappable such as an image (with imshow) or a contour set (with contourf).',
      "AttributeError: module 'matplotlib.pyplot' has no attribute 'no_such_name'",
    ],
  );
});

test('subplots() gives a grid of axes, with shared axes and tight margins', () => {
  assert.deepEqual(
    find(`
fig, axes = plt.subplots(2, 3, figsize=(9, 6), sharex=True)
found += [list(axes.shape), len(list(axes.flat)), str(axes[1, 2]), repr(fig), plt.gca() is axes[1, 2]]
axes[0, 0].plot([0, 10], [1, 2])
found.append(rounded(axes[1, 1].get_xlim()))
fig, ((a, b), (c, d)) = plt.subplots(2, 2)
found.append(rounded(a.get_position().bounds))
fig.tight_layout()
p = fig.subplotpars
found.append([round(float(x), 1) for x in (p.left, p.right, p.bottom, p.top)])
for ax, text in zip(fig.axes, "abcd"):
    ax.set_title(text)
one, = plt.subplots(1, 1, squeeze=False)[1].flat
found.append(repr(one))
`),
    [
      [2, 3],
      6,
      'Axes(0.672059,0.11;0.227941x0.35)',
      '<Figure size 900x600 with 6 Axes>',
      true,
      [-0.5, 10.5],
      [0.125, 0.53, 0.352273, 0.35],
      [0.1, 1, 0.1, 1],
      '<Axes: >',
    ],
  );
});

test('a figure that a program keeps changing is redrawn in its place', () => {
  find(`
plt.ion()
line, = plt.plot([1, 2])
for step in range(3):
    line.set_ydata([step, step + 1])
    plt.gca().relim()
    plt.gca().autoscale_view()
    plt.draw()
    plt.pause(0.06)
plt.show()
found.append(plt.get_fignums())
`);
  assert.ok(figures.length >= 3, `${figures.length} pictures`);
  assert.equal(new Set(figures.map(({ id }) => id)).size, 1);
});

test('figures that are open at the end of the program are shown, and the next one starts anew', () => {
  const outcome = python.run(`
import json
from unroll.runner import run_main
first = run_main("import matplotlib.pyplot as plt\\nplt.rc('lines', linewidth=5)\\nplt.plot([1, 2])")
second = run_main("import matplotlib.pyplot as plt\\nprint(plt.get_fignums(), plt.rcParams['lines.linewidth'])\\nassert not plt.get_fignums()")
json.dumps([json.loads(first)["status"], json.loads(second)["status"]])`);
  assert.deepEqual(JSON.parse(outcome), ['ok', 'ok']);
  assert.equal(figures.length, 1);
});

test('savefig() writes PNG, SVG and PDF files, also into memory', () => {
  assert.deepEqual(
    find(`
import io, struct
plt.figure(figsize=(2, 1))
plt.plot([1, 3, 2], "o-")
plt.savefig("small.png", dpi=50)
data = open("small.png", "rb").read()
found += [data[:8] == b"\\x89PNG\\r\\n\\x1a\\n", list(struct.unpack(">II", data[16:24]))]
buffer = io.BytesIO()
plt.savefig(buffer, format="svg")
found.append(buffer.getvalue().decode().split("<path")[0].split("viewBox")[1][:18])
plt.imsave("image.png", [[0.0, 1.0], [2.0, 3.0]], cmap="gray")
found.append(rounded(plt.imread("image.png")))
plt.savefig("figure.pdf")
found.append(open("figure.pdf", "rb").read()[:8].decode())
refused(lambda: plt.savefig("figure.eps"))
`),
    [
      true,
      [100, 50],
      '="0 0 200 100" rol',
      [
        [
          [0, 0, 0],
          [0.333333, 0.333333, 0.333333],
        ],
        [
          [0.666667, 0.666667, 0.666667],
          [1, 1, 1],
        ],
      ],
      '%PDF-1.4',
      'NotImplementedError: savefig() writes PNG, SVG and PDF here; eps is part of the real matplotlib, which comes when "matplotlib" is in the panel\'s packages',
    ],
  );
});

test('a line of very many points is thinned to what can be seen', () => {
  find('plt.plot([math.sin(i / 500) for i in range(50_000)])\nplt.show()');
  assert.ok(figures[0].svg.length < 60_000, `${figures[0].svg.length} characters`);
});

test('legend() shows what has a label, where it hides least', () => {
  assert.deepEqual(
    find(`
fig, ax = plt.subplots()
ax.plot([3, 2, 1], label="a")
ax.plot([1, 1, 1], label="_hidden")
ax.bar([1], [1], label="bar")
ax.scatter([1], [1], label="s")
ax.fill_between([1, 2], [1, 2], label="f")
ax.errorbar([1], [1], yerr=1, label="e")
ax.hist([1, 2], label="h")
found.append([text.get_text() for text in ax.legend(loc="best").get_texts()])
`),
    [['a', 's', 'f', 'h', 'bar', 'e']],
  );
});

test('every kind of plot draws', () => {
  const code = `
import datetime
drawings = [
    lambda ax: ax.barh(["a", "b"], [1, 2], xerr=0.1), lambda ax: ax.pie([1, 2], labels=["x", "y"], autopct="%d%%"),
    lambda ax: ax.boxplot([[1, 2, 3, 9], [4, 5, 6]]), lambda ax: ax.stem([1, 2, 3]), lambda ax: ax.step([1, 2], [3, 4]),
    lambda ax: ax.stackplot([1, 2], [1, 2], [2, 1]), lambda ax: ax.errorbar([1, 2], [1, 2], yerr=[0.1, 0.2], capsize=3),
    lambda ax: ax.fill([0, 1, 1], [0, 0, 1]), lambda ax: ax.axhspan(0, 1, color="r", alpha=0.2), lambda ax: ax.axvline(1),
    lambda ax: ax.hlines([1, 2], 0, 1), lambda ax: ax.pcolormesh([[1, 2], [3, 4]]), lambda ax: ax.matshow([[1, 2], [3, 4]]),
    lambda ax: ax.contour([[1, 2], [3, 4]]), lambda ax: ax.contourf([[1, 2], [3, 4]], levels=3), lambda ax: ax.quiver([0, 1], [0, 1], [1, 1], [0, 1]),
    lambda ax: ax.hist2d([1, 2, 3], [1, 2, 3], bins=2), lambda ax: ax.hist([1, 2], histtype="step"), lambda ax: ax.eventplot([1, 2]),
    lambda ax: ax.annotate("top", (0.5, 0.5), (0.7, 0.7), arrowprops={"arrowstyle": "->"}), lambda ax: ax.arrow(0, 0, 1, 1, head_width=0.1),
    lambda ax: ax.plot([datetime.date(2024, 1, day) for day in (1, 9, 20)], [1, 2, 3]), lambda ax: ax.twinx().plot([1, 2]),
    lambda ax: ax.imshow([[[255, 0, 0], [0, 255, 0]]]), lambda ax: ax.scatter([1, 2], [1, 2], c=[1, 2], s=[10, 100], marker="^", edgecolors="k"),
    lambda ax: ax.text(0.5, 0.5, r"$\\\\alpha^2$", transform=ax.transAxes, bbox={"boxstyle": "round"}), lambda ax: ax.axline((0, 0), slope=1),
]
for draw in drawings:
    fig, ax = plt.subplots()
    draw(ax)
    plt.show()
found.append(len(drawings))
`;
  const [count] = find(code);
  assert.equal(figures.length, count);
  for (const { svg } of figures) assert.doesNotMatch(svg, /NaN|nan|inf[^o]/);
});

test('what is not here says so by name', () => {
  const [first, second] = find(`
refused(lambda: plt.subplot(projection="3d"))
refused(lambda: plt.violinplot([[1, 2]]))
`);
  assert.match(first, /^NotImplementedError: the projection '3d' is not part of Unroll's matplotlib/);
  assert.match(second, /^NotImplementedError: violinplot is not part of Unroll's matplotlib/);
});

test('add_figure() of a SummaryWriter shows a figure under its tag', () => {
  find(`
from torch.utils.tensorboard import SummaryWriter
fig, ax = plt.subplots()
ax.plot([1, 2])
SummaryWriter().add_figure("weights", fig, 3)
found.append(plt.get_fignums())
`);
  assert.deepEqual(
    figures.map(({ title }) => title),
    ['weights, step 3'],
  );
});

test('importing pyplot costs little', () => {
  const modules = python.run(`
import sys
for name in [name for name in sys.modules if name.split(".")[0] == "matplotlib"]:
    del sys.modules[name]
import matplotlib.pyplot
",".join(sorted(name for name in sys.modules if name.startswith("matplotlib.")))`);
  assert.equal(modules, 'matplotlib._page,matplotlib._rc,matplotlib.pyplot,matplotlib.style');
});

test('programs change the paper of a figure and of an axes', () => {
  find(`
fig, ax = plt.subplots()
fig.patch.set_facecolor("lightgray")
ax.patch.set_alpha(0.5)
sm = plt.cm.ScalarMappable(norm=plt.Normalize(0, 1), cmap="Blues")
plt.colorbar(sm, ax=ax)
plt.show()
`);
  assert.match(figures[0].svg, /fill="#d3d3d3"/);
});
