import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readLessons } from './lesson-files.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const json = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** What the build writes into about.html, by the names of its places. `source` is the address of the repository. */
export function aboutParts(source = process.env.UNROLL_SOURCE): Record<string, string> {
  return { lessons: lessons(), source: sourceWords(source), licence: licence(), libraries: libraries() };
}

function lessons(): string {
  const all = readLessons();
  return [...new Set(all.map(({ group }) => group))]
    .map((group) => {
      const items = all
        .filter((lesson) => lesson.group === group)
        .map(
          ({ name, title, about }) =>
            `<li><a href="./index.html#${name}">${escaped(title)}</a>: ${escaped(about)}</li>`,
        );
      return `<h3>${escaped(group)}</h3>\n<ul>${items.join('\n')}</ul>`;
    })
    .join('\n');
}

function sourceWords(address: string | undefined): string {
  if (!address)
    return 'The source is free. Whoever runs this copy of the site has it, and may name its address when it is built (<code>UNROLL_SOURCE</code>).';
  if (!URL.canParse(address)) throw new Error(`UNROLL_SOURCE: expected the address of the source, got "${address}"`);
  return `<a href="${escaped(address)}">${escaped(address)}</a>`;
}

const licence = () => escaped(readFileSync(join(root, 'LICENSE'), 'utf8').trim());

/** What is in the bundle, from package.json, and what is compiled into the engine. */
function libraries(): string {
  const packages = Object.keys(json('package.json').dependencies).map((name) => {
    const { version, license } = json(`node_modules/${name}/package.json`);
    return `${name} ${version} (${license})`;
  });
  const engine = ['xsimd, xtensor and xtl (BSD-3-Clause)', 'CPython in Pyodide (PSF-2.0)'];
  return escaped([...packages, ...engine].join(', '));
}
