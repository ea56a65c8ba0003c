import { existsSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin, ViteDevServer } from 'vite';
import { compile } from '../wasm-bindings/setup/compile.mjs';
import { root } from '../wasm-bindings/setup/places.mjs';
import { contentTypes } from '../wasm-bindings/setup/serve.mjs';
import { generate } from '../wasm-bindings/setup/site.mjs';
import { findToolchain } from '../wasm-bindings/setup/toolchain.mjs';
import { fileAt, forgetRuntimeFiles, moduleId } from './runtime-files.ts';

const web = dirname(fileURLToPath(import.meta.url));

/** Files of the site that stand elsewhere in web/. */
function sourceOf(pathname: string): string {
  if (pathname === '/unroll.js') return '/panel/index.ts';
  return existsSync(join(web, 'embed/plain', pathname)) ? `/embed/plain${pathname}` : pathname;
}

/**
 * `npm run dev`: the sources as they are in the browser, and Python, engine and Pyodide as the site has them. A change of Python is there after a
 * reload, one of C++ once the engine `wasm-simd` has been compiled again.
 */
export function devServer(): Plugin {
  return {
    name: 'unroll-dev-server',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
        request.url = sourceOf(pathname) + search;
        void fileAt(pathname.slice(1)).then((source) => {
          if (!source) return next();
          response.setHeader('Content-Type', contentTypes[extname(pathname)] ?? 'application/octet-stream');
          response.end(source);
        }, next);
      });
      watchPython(server);
      watchEngine(server);
    },
  };
}

function reload(server: ViteDevServer): void {
  forgetRuntimeFiles();
  for (const { moduleGraph } of Object.values(server.environments)) {
    const module = moduleGraph.getModuleById(`\0${moduleId}`);
    if (module) moduleGraph.invalidateModule(module);
  }
  server.ws.send({ type: 'full-reload' });
}

const isIn = (path: string, folders: string[]) => folders.some((folder) => path.startsWith(join(root, folder, '/')));

function watchPython(server: ViteDevServer): void {
  const folder = 'wasm-bindings/python';
  server.watcher.add(join(root, folder));
  server.watcher.on('all', (_event, path) => {
    if (path.endsWith('.py') && isIn(path, [folder])) reload(server);
  });
}

/** One compilation at a time; what is saved while it runs is compiled after it. */
function watchEngine(server: ViteDevServer): void {
  const folders = ['core/include', 'core/src', 'wasm-bindings/table'];
  let work = Promise.resolve();
  let waiting = false;
  const build = async () => {
    waiting = false;
    try {
      await compile(await findToolchain(), 'wasm-simd', 'unroll');
      await generate();
      reload(server);
    } catch (error) {
      console.log(`${(error as Error).message}\nThe page keeps the engine that it has.`);
    }
  };
  server.watcher.add(folders.map((folder) => join(root, folder)));
  server.watcher.on('all', (_event, path) => {
    if (waiting || !/\.(cpp|h)$/.test(path) || !isIn(path, folders)) return;
    waiting = true;
    work = work.then(build);
  });
}
