// What waits on its way from a program to the page is bounded, and says what was left out. No browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importSource } from './source.mjs';

const { Backlog, sizeOf, wordsOf } = await importSource('protocol/backlog.ts');
const { Flow, hastyFlow, patientFlow } = await importSource('worker/flow.ts');
const { OutputSink } = await importSource('worker/output.ts');
const { LineBuffer } = await importSource('console/line-buffer.ts');
const { shortError } = await importSource('protocol/limits.ts');

/** All items of a backlog, in pieces of so many characters. */
function allOf(backlog, most = Number.POSITIVE_INFINITY) {
  const items = [];
  while (!backlog.isEmpty) items.push(backlog.take(most));
  return items;
}

const stdout = (text) => ({ kind: 'stdout', text });
const stderr = (text) => ({ kind: 'stderr', text });
const figure = (id, svg = '<svg/>') => ({ kind: 'figure', id, svg, title: '' });

test('a backlog gives what it was given, in order, in pieces that are no longer than asked for', () => {
  const backlog = new Backlog(1e6);
  for (const item of [stdout('one '), stdout('two\n'), stderr('three'), figure(null), stdout('four')])
    backlog.add(item);
  assert.equal(backlog.size, 4 * 100 + 'one two\nthree<svg/>four'.length);
  const [first, second, ...rest] = allOf(backlog, 6);
  assert.deepEqual([first, second], [stdout('one tw'), stdout('o\n')]);
  assert.deepEqual(rest, [stderr('three'), figure(null), stdout('four')]);
  assert.deepEqual([backlog.size, backlog.isEmpty], [0, true]);
});

test('a piece ends neither within a line end nor within a character', () => {
  const backlog = new Backlog(1e6);
  backlog.add(stdout('ab\r\ncd😀e'));
  assert.deepEqual(
    allOf(backlog, 3).map(({ text }) => text),
    ['ab\r\n', 'cd😀', 'e'],
  );
});

test('where more comes than there is room for, the oldest goes, and a gap says how much', () => {
  const backlog = new Backlog(10_000);
  for (let i = 0; i < 1000; ++i) backlog.add((i % 2 ? stderr : stdout)(`line ${String(i).padStart(4, '0')}\n`));
  assert.ok(backlog.size <= 10_000, `${backlog.size}`);
  const [gap, ...rest] = allOf(backlog);
  assert.equal(gap.kind, 'gap');
  const came = (kind) =>
    gap[kind] + rest.filter((item) => item.kind === kind).reduce((sum, { text }) => sum + text.length, 0);
  assert.deepEqual([came('stdout'), came('stderr')], [5000, 5000]);
  assert.equal(rest.at(-1).text, 'line 0999\n');
  assert.ok(rest.length > 50 && rest.every(({ kind }) => kind !== 'gap'));
});

test('of one text that is too long the end stays', () => {
  const backlog = new Backlog(1000);
  backlog.add(stdout(`${'a'.repeat(1e6)}end`));
  const [gap, { text }] = allOf(backlog);
  assert.equal(gap.stdout + text.length, 1e6 + 3);
  assert.ok(text.length > 500 && text.length < 1000 && text.endsWith('end'));
});

test('figures and points are counted, what the panel itself says stays', () => {
  const backlog = new Backlog(10_000);
  backlog.add({ kind: 'note', text: 'note' });
  for (let i = 0; i < 100; ++i) backlog.add(figure(null));
  for (let i = 0; i < 100; ++i)
    backlog.add({
      kind: 'points',
      points: [
        ['a', i, i],
        ['b', i, i],
      ],
    });
  const items = allOf(backlog);
  const [gap, note] = items;
  assert.deepEqual([gap.kind, note.kind], ['gap', 'note']);
  assert.equal(gap.figures + items.filter(({ kind }) => kind === 'figure').length, 100);
  assert.equal(gap.points + 2 * items.filter(({ kind }) => kind === 'points').length, 200);
  assert.equal(
    wordsOf({ ...gap, stdout: 1200, stderr: 34, figures: 1 }),
    `… 1,234 characters, 1 figure, ${gap.points} points left out`,
  );
});

test('a figure takes the place of the one with its id that waits', () => {
  const backlog = new Backlog(1e6);
  for (const item of [figure('a', '1'), figure(null, '2'), figure('a', '3'), stdout('x')]) backlog.add(item);
  assert.deepEqual(allOf(backlog), [figure('a', '3'), figure(null, '2'), stdout('x')]);
  backlog.add(figure('a', '4'));
  assert.deepEqual(allOf(backlog), [figure('a', '4')]);
});

/** A sink, and a page that takes nothing until it is told to. */
function pair(flow) {
  const posts = [];
  const sink = new OutputSink((parts, size) => posts.push({ parts, size }), flow);
  const way = () => posts.reduce((sum, { size }) => sum + size, 0);
  const takeAll = () => {
    const taken = posts.splice(0);
    for (const { size } of taken) flow.taken(size);
    return taken.flatMap(({ parts }) => parts);
  };
  return { sink, posts, way, takeAll };
}

test('a program is never further ahead of the page than the flow allows', () => {
  const { sink, posts, way, takeAll } = pair(patientFlow());
  for (let i = 0; i < 20_000; ++i) sink.text('stdout', 'x'.repeat(5000));
  assert.ok(sink.isAhead);
  assert.ok(way() < 1_200_000, `${way()} on their way`);
  assert.ok(posts.every(({ size }) => size < 140_000));
  const parts = takeAll();
  sink.end();
  const all = [...parts, ...takeAll()];
  const shown = all.filter(({ kind }) => kind === 'stdout').reduce((sum, { text }) => sum + text.length, 0);
  const left = all.filter(({ kind }) => kind === 'gap').reduce((sum, { stdout }) => sum + stdout, 0);
  assert.equal(shown + left, 100_000_000);
  assert.ok(shown < 3_500_000);
});

test('a program that lets the page take what it writes loses nothing', () => {
  const { sink, takeAll } = pair(patientFlow());
  const got = [];
  for (let i = 0; i < 20_000; ++i) {
    sink.text('stdout', `${i} ${'x'.repeat(500)}\n`);
    while (sink.isAhead) got.push(...takeAll());
  }
  sink.end();
  got.push(...takeAll());
  assert.ok(got.every(({ kind }) => kind === 'stdout'));
  const lines = got
    .map(({ text }) => text)
    .join('')
    .split('\n');
  assert.equal(lines.length, 20_001);
  assert.ok(lines.slice(0, -1).every((line, i) => line.startsWith(`${i} `)));
});

test('a worker that hears nothing counts on a page that takes so much in each millisecond', () => {
  const flow = new Flow(1000, 1);
  const real = performance.now;
  let now = real.call(performance);
  performance.now = () => now;
  try {
    flow.sent(1500);
    assert.ok(!flow.hasRoom);
    now += 400;
    assert.ok(!flow.hasRoom);
    now += 200;
    assert.ok(flow.hasRoom);
  } finally {
    performance.now = real;
  }
  const { sink, way } = pair(hastyFlow());
  const began = performance.now();
  for (let i = 0; i < 5000; ++i) sink.text('stderr', 'x'.repeat(5000));
  assert.ok(way() < 4_200_000 + 4000 * (performance.now() - began));
});

test('points come in parts, and names that nobody reads are cut', () => {
  const { sink, posts } = pair(hastyFlow());
  sink.points(Array.from({ length: 1200 }, (_, i) => ['t'.repeat(1000), i, i]));
  const parts = posts.flatMap((post) => post.parts);
  assert.deepEqual(
    parts.map(({ points }) => points.length),
    [500, 500, 200],
  );
  assert.ok(parts[0].points[0][0].length <= 301);
  sink.figure(figure(null, 'x'.repeat(14_000_000)));
  assert.ok(sizeOf(posts.at(-1).parts[0]) < 1_001_000);
});

/** The text of finished and open lines. */
function linesOf(...writes) {
  const buffer = new LineBuffer();
  const finished = writes.flatMap((text) => {
    const pieces = text.match(/[\s\S]{1,2000}/g) ?? [];
    return pieces.flatMap((piece) => buffer.write('stdout', piece));
  });
  return [...finished, ...buffer.open].map((runs) => runs.map(({ text }) => text).join(''));
}

test('a line of 100,000 characters is whole, the rest of a longer one is left out and said', () => {
  const whole = linesOf(`${'x'.repeat(90_000)}\nnext`);
  assert.equal(whole.join('').length, 90_004);
  assert.equal(whole.at(-1), 'next');
  const lines = linesOf(`${'x'.repeat(1_000_000)}\nnext\n`);
  const [, left] = /^… ([\d,]+) characters left out$/.exec(lines.at(-3));
  const shown = lines.slice(0, -3).join('').length;
  assert.equal(shown + Number(left.replaceAll(',', '')), 1_000_000);
  assert.ok(shown >= 100_000 && shown < 125_000, `${shown}`);
  assert.deepEqual(lines.slice(-2), ['next', '']);
});

test('a carriage return behind a line that was cut begins a new one', () => {
  const lines = linesOf('x'.repeat(200_000), '\rstep 1', '\rstep 2');
  assert.match(lines.at(-2), /left out$/);
  assert.equal(lines.at(-1), 'step 2');
});

test('lines that are drawn in each frame are few characters, also where a program jumps over the screen', () => {
  const count = (text) => {
    const buffer = new LineBuffer();
    for (const piece of text.match(/[\s\S]{1,2000}/g)) buffer.write('stdout', piece);
    return buffer.open.flat().reduce((sum, { text }) => sum + text.length, 0);
  };
  assert.ok(count(`${'x'.repeat(5000)}\n`.repeat(50)) <= 25_000);
  const jumps = Array.from({ length: 50 }, (_, i) => `\x1b[${i + 1};90000Hx`).join('');
  assert.ok(count(jumps) <= 50_000);
});

test('of a line with thousands of colours the first 200 are shown', () => {
  const buffer = new LineBuffer();
  for (let i = 0; i < 5000; ++i) buffer.write('stdout', `\x1b[38;5;${i % 256}mx`);
  const [runs] = buffer.open;
  assert.equal(runs.length, 201);
  assert.equal(runs.map(({ text }) => text).join('').length, 5000);
  assert.equal(runs.at(-1).look.style, null);
});

test('an error keeps both ends of a message that is too long', () => {
  const { message, traceback, line } = shortError({ message: `a${'x'.repeat(5e7)}z`, traceback: 'short', line: 3 });
  assert.match(message, /^ax{4999}\n… 49,990,002 characters left out\nx{4999}z$/);
  assert.deepEqual([traceback, line], ['short', 3]);
});
