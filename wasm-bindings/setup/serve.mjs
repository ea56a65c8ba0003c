/** A static file server for dist/ and for the tests. */
import { createReadStream, promises as fs } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.py': 'text/plain; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
  '.zip': 'application/zip',
};

/**
 * Serves a folder on 127.0.0.1.
 * @param {string} folder
 * @param {{port?: number, headers?: Record<string, string>}} [options] port 0 is any free one; headers go into every answer
 * @returns {Promise<{url: string, close: () => Promise<void>}>} url without a slash at its end; rejects where the port is taken
 */
export async function serve(folder, { port = 0, headers = {} } = {}) {
  const base = resolve(folder);
  const server = createServer((request, response) => {
    answer(base, request, response, headers).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  await new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', done);
  });
  const close = () =>
    new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${server.address().port}`, close };
}

async function answer(base, request, response, headers) {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405);
  const file = await find(base, new URL(request.url, 'http://localhost').pathname);
  if (!file) return refuse(response, 404);
  if (file.redirect) {
    response.writeHead(301, { Location: file.redirect });
    response.end();
    return;
  }
  const tag = `"${file.size.toString(36)}-${Math.round(file.mtimeMs).toString(36)}"`;
  const head = {
    'Content-Type': types[extname(file.path)] ?? 'application/octet-stream',
    'Content-Length': file.size,
    ETag: tag,
    // Vite puts a hash of the content into these names; everything else is asked for again and answered with 304.
    'Cache-Control': /-[\w-]{8}\.\w+$/.test(file.path) ? 'public, max-age=31536000, immutable' : 'no-cache',
    'Access-Control-Allow-Origin': '*',
    'X-Content-Type-Options': 'nosniff',
    ...headers,
  };
  if (request.headers['if-none-match'] === tag) {
    delete head['Content-Length'];
    response.writeHead(304, head);
    response.end();
    return;
  }
  response.writeHead(200, head);
  if (request.method === 'HEAD') response.end();
  else
    createReadStream(file.path)
      .on('error', () => response.destroy())
      .pipe(response);
}

function refuse(response, status) {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(status === 404 ? 'Not found\n' : 'Only GET and HEAD\n');
}

/** The file that a path names, inside the folder only: also a link may not lead out of it. */
async function find(base, pathname) {
  let path;
  try {
    path = resolve(base, `.${decodeURIComponent(pathname)}`);
    const real = await fs.realpath(path);
    const realBase = await fs.realpath(base);
    if (real !== realBase && !real.startsWith(realBase + sep)) return undefined;
    let info = await fs.stat(real);
    if (info.isDirectory()) {
      if (!pathname.endsWith('/')) return { redirect: `${pathname}/` };
      path = join(path, 'index.html');
      info = await fs.stat(path);
    }
    return info.isFile() ? { path, size: info.size, mtimeMs: info.mtimeMs } : undefined;
  } catch {
    return undefined;
  }
}
