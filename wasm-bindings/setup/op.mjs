/**
 * npm run op -- NAME: where an op of the table stands, from C++ to Python and JavaScript, generated files included.
 * Needs a build: the generated wrappers are in build/generated, and not in the tree.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { camel, declared } from '../generate/js-names.mjs';
import { root } from './places.mjs';
import { main, output, StepError } from './steps.mjs';

const generated = 'build/generated';

/** The lines in the tree: [what they are, a pattern of git grep, where]. */
const written = (name) => [
  ['header', `[A-Za-z>] ${name}\\(`, 'core/include/unroll'],
  ['family', `^[A-Z].* ${name}\\(|unary\\(${name}|"${name}"`, 'core/src'],
  ['row', `"${name}(\\(|",)`, 'wasm-bindings/table'],
  ['sample', `\\["${name}"\\]|"${name}"[,}]`, 'tests/core/table_test.cpp'],
];

/** The lines that follow from the row: [what they are, a pattern, file]. */
const following = (name) => [
  ['Python', new RegExp(`^def ${name}\\(`), 'python/torch/_ops.pyi'],
  ...['ops', 'functions', 'functional', 'linalg'].map((file) => [
    'JavaScript',
    new RegExp(`^export function ${declared(camel(name))}\\(`),
    `js/${file}.ts`,
  ]),
  ['JavaScript', new RegExp(`^ {2}${camel(name)}_?\\(`), 'js/tensor-methods.ts'],
];

async function grep(pattern, where) {
  const text = await output(['git', 'grep', '-nE', pattern, '--', where], { cwd: root }).catch(() => '');
  return text.split('\n').filter(Boolean);
}

function linesOf(file, pattern) {
  const lines = readFileSync(join(root, generated, file), 'utf8').split('\n');
  return lines.flatMap((line, i) => (pattern.test(line) ? [`${generated}/${file}:${i + 1}:${line}`] : []));
}

await main(async () => {
  if (!existsSync(join(root, generated, 'table.json')))
    throw new StepError('There is no op table yet', { advice: 'Run npm run build first.' });
  const name = process.argv[2] ?? '';
  const table = JSON.parse(readFileSync(join(root, generated, 'table.json'), 'utf8'));
  const row = table.find((one) => one.name === name);
  if (!row) {
    const near = table.filter((one) => name && one.name.includes(name)).map((one) => one.name);
    throw new StepError(`The op table has no row '${name}'`, { advice: `Rows like it: ${near.join(' ') || 'none'}` });
  }
  const say = (what, line) => console.log(`${what.padEnd(11)} ${line.replace(/\s+/g, ' ')}`);
  say(name, `${row.doc} (${[row.kind, row.inplace ? 'in place too' : '', row.facts].filter(Boolean).join(', ')})`);
  for (const [what, pattern, where] of written(name)) for (const line of await grep(pattern, where)) say(what, line);
  for (const [what, pattern, file] of following(name)) for (const line of linesOf(file, pattern)) say(what, line);
});
