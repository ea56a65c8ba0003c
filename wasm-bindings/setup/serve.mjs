/** A static file server for dist/ and for the tests. */
import { once } from 'node:events';
import { createReadStream, promises as fs } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';

/** Names in Accept-Encoding, the best first, and the endings of copies that are compressed so. */
const encodings = { br: '.br', gzip: '.gz' };

/**
 * What kinds of files are called in HTTP, by their endings.
 * @type {Record<string, string>}
 */
export const contentTypes = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
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
 * Serves a folder on 127.0.0.1; a file that has compressed copies beside it is sent as the smallest that the client reads.
 * @param {string} folder
 * @param {{port?: number, headers?: Record<string, string>, onSent?: (path: string, bytes: number) => void}} [options]
 *   port 0 is any free one; headers go into every answer; onSent hears of each body that was sent whole
 * @returns {Promise<{url: string, close: () => Promise<void>}>} url without a slash at its end; rejects where the port is taken
 */
export async function serve(folder, { port = 0, headers = {}, onSent = () => {} } = {}) {
  const base = resolve(folder);
  const server = createServer((request, response) => {
    answer(base, request, response, { headers, onSent }).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  const { port: chosen } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${chosen}`, close };
}

async function answer(base, request, response, { headers, onSent }) {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405);
  const { pathname } = new URL(request.url, 'http://localhost');
  const file = await find(base, pathname);
  if (!file) return refuse(response, 404);
  if (file.redirect) {
    response.writeHead(301, { Location: file.redirect });
    response.end();
    return;
  }
  const sent = await smallest(file, request.headers['accept-encoding']);
  const tag = `"${sent.size.toString(36)}-${Math.round(file.mtimeMs).toString(36)}"`;
  const head = {
    'Content-Type': contentTypes[extname(file.path)] ?? 'application/octet-stream',
    'Content-Length': sent.size,
    ...(sent.encoding && { 'Content-Encoding': sent.encoding }),
    Vary: 'Accept-Encoding',
    ETag: tag,
    'Cache-Control': isLasting(pathname) ? 'public, max-age=31536000, immutable' : 'no-cache',
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
  if (request.method === 'HEAD') return response.end();
  response.on('finish', () => onSent(pathname, sent.size));
  createReadStream(sent.path)
    .on('error', () => response.destroy())
    .pipe(response);
}

/** Whether a hash of the content is in the name of the file or its folder; everything else is asked for again. */
const isLasting = (pathname) => /\/assets\/[^/]*-[\w-]{8}(\.\w+$|\/)/.test(pathname);

/** The file, or a copy beside it in the best encoding that the client reads. */
async function smallest(file, accepted = '') {
  const wanted = accepted.split(',').filter((part) => !/;\s*q=0(\.0*)?\s*$/.test(part));
  const names = wanted.map((part) => part.split(';')[0].trim());
  for (const [encoding, ending] of Object.entries(encodings)) {
    if (!names.includes(encoding)) continue;
    const path = file.path + ending;
    const info = await fs.stat(path).catch(() => null);
    if (info?.isFile() && info.mtimeMs >= file.mtimeMs) return { path, size: info.size, encoding };
  }
  return file;
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
