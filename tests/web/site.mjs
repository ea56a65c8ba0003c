/** The built site as a host has it, and pages with panels for it. For tests and scripts; nothing here closes by itself. */

import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '../../wasm-bindings/setup/serve.mjs';

const types = { '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json' };

/** The built site; UNROLL_DIST names another one. */
const site = process.env.UNROLL_DIST ?? fileURLToPath(new URL('../../dist', import.meta.url));

/**
 * The site as some host has it: below `base`, with further `pages` (text, or a function that answers) and `headers` in every
 * answer (or a function of the path that gives them).
 * A `plain` one tells the length of what it sends, as hosts do that do not compress on the way.
 * Gives back the host's address (no slash at the end), the paths that were asked for, a set of file names that it is
 * to answer with 404, `hold(name)`, which keeps the answer for a file back until what it gives is called, and `close`.
 */
export async function serveSite({ base = '/', pages = {}, headers = {}, plain = false } = {}) {
  const asked = [];
  const broken = new Set();
  const held = new Map();
  const hold = (name) => {
    let release;
    held.set(name, new Promise((resolve) => (release = resolve)));
    return () => release(held.delete(name));
  };
  const files = await serve(site);
  let isClosed = false;
  const answerTo = async (request, response) => {
    const path = new URL(request.url, 'http://local').pathname;
    asked.push(path);
    const given = typeof headers === 'function' ? headers(path) : headers;
    for (const [name, value] of Object.entries(given)) response.setHeader(name, value);
    if (typeof pages[path] === 'function') return pages[path](request, response);
    if (path in pages) {
      response.setHeader('content-type', `${types[extname(path)] ?? 'text/html'}; charset=utf-8`);
      return response.end(pages[path]);
    }
    await held.get(basename(path));
    const isThere = path.startsWith(base) && !broken.has(basename(path));
    const answer = await fetch(isThere ? `${files.url}/${path.slice(base.length)}` : `${files.url}/none`);
    response.statusCode = answer.status;
    for (const name of ['content-type', 'cache-control']) response.setHeader(name, answer.headers.get(name) ?? '');
    if (!plain) response.flushHeaders();
    response.end(Buffer.from(await answer.arrayBuffer()));
  };
  // A browser may still load what a test did not wait for.
  const server = createServer((request, response) =>
    answerTo(request, response).catch((error) => {
      if (!isClosed) throw error;
    }),
  );
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async () => {
    isClosed = true;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await files.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}`, asked, broken, hold, close };
}

/**
 * The headers of a page under a strict content policy, which lets panels of its own site run, or of another `host`. `more` are
 * further directives.
 */
export function strictPolicy({ host = "'self'", more = [] } = {}) {
  const worker = host === "'self'" ? host : 'blob:';
  const scripts = `script-src ${host} 'wasm-unsafe-eval'`;
  const all = ["default-src 'none'", 'img-src data:', scripts, `worker-src ${worker}`, `connect-src ${host}`, ...more];
  return { 'content-security-policy': all.join('; ') };
}

/** The name of a file of the build's assets, by a pattern for it. */
export function assetName(pattern) {
  const found = readdirSync(join(site, 'assets')).find((name) => pattern.test(name));
  if (!found) throw new Error(`The build has no asset whose name is like ${pattern}.`);
  return found;
}

/** A panel around a program, in HTML. */
export function panelOf(code, attributes = '') {
  const escaped = code.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  return `<unroll-panel${attributes && ` ${attributes}`}><pre>\n${escaped}</pre></unroll-panel>`;
}

/**
 * A page with this body, which loads unroll.js from a site at `base`, or has to load it itself where that is null. `attributes`
 * are those of its <html>.
 */
export function pageOf(body, { base = '', attributes = '' } = {}) {
  const script = base === null ? '' : `<script type="module" src="${base}/unroll.js"></script>`;
  return `<!doctype html><html lang="en" ${attributes}><head><title>Lesson</title><link rel="icon" href="data:,">
    ${script}</head><body>${body}</body></html>`;
}

/** A page with panels around the given programs, each with these attributes. */
export function panelPage(codes, { base, attributes } = {}) {
  return pageOf(codes.map((code) => panelOf(code, attributes)).join('\n'), { base });
}
