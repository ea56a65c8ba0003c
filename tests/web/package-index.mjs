/** A package index such as Pyodide's, with small wheels that are made here. */

import { createHash } from 'node:crypto';
import { zip } from '../../wasm-bindings/generate/zip.mjs';

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** A wheel of pure Python: `modules` by path. Gives its file name and bytes. */
export function makeWheel(name, version, modules) {
  const info = `${name.replaceAll('-', '_')}-${version}.dist-info`;
  const files = Object.entries({
    ...modules,
    [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`,
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
  });
  const record = [...files.map(([path]) => `${path},,`), `${info}/RECORD,,`].join('\n');
  const bytes = zip([...files, [`${info}/RECORD`, record]].map(([path, text]) => [path, Buffer.from(text)]));
  return { file: `${name.replaceAll('-', '_')}-${version}-py3-none-any.whl`, bytes };
}

/**
 * The files of an index: pyodide-lock.json and the wheels.
 * @param {object} info of the pyodide-lock.json of the Pyodide that reads it
 * @param {Record<string, {version: string, modules: Record<string, string>, depends?: string[]}>} packages
 */
export function makeIndex(info, packages) {
  const files = {};
  const listed = {};
  for (const [name, { version, modules, depends = [] }] of Object.entries(packages)) {
    const { file, bytes } = makeWheel(name, version, modules);
    files[file] = bytes;
    listed[name] = {
      name,
      version,
      file_name: file,
      install_dir: 'site',
      sha256: sha256(bytes),
      package_type: 'package',
      imports: [...new Set(Object.keys(modules).map((path) => path.split(/[/.]/)[0]))],
      depends,
      unvendored_tests: false,
    };
  }
  files['pyodide-lock.json'] = Buffer.from(JSON.stringify({ info, packages: listed }));
  return files;
}

/** What the tests take for the real packages: each with a name that the small one surely lacks. */
export const realPackages = {
  tqdm: {
    version: '9.9.1',
    depends: ['tqdm-parts'],
    modules: {
      'tqdm/__init__.py':
        'from tqdm_parts import answer\n__version__ = "9.9.1"\ndef only_in_the_real_one(): return answer\n' +
        'def array(values): return ["real", *values]\n',
      'tqdm/testing_only.py': 'value = 5\n',
    },
  },
  'tqdm-parts': { version: '1.0', modules: { 'tqdm_parts.py': 'answer = 42\n' } },
  pandas: { version: '3.1', depends: ['tqdm'], modules: { 'pandas.py': 'import tqdm\nread = tqdm.array\n' } },
  micropip: {
    version: '1.0',
    modules: {
      'micropip.py':
        'async def install(name):\n' +
        '    if name != "on-pypi":\n        raise ValueError(f"Can\'t find a pure Python 3 wheel for: {name!r}")\n' +
        '    open("/lib/python3.14/site-packages/on_pypi.py", "w").write("value = 7")\n',
    },
  },
};
