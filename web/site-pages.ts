import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { aboutParts } from './about.ts';

const web = dirname(fileURLToPath(import.meta.url));
const read = (name: string) => readFileSync(join(web, name), 'utf8');

/**
 * What the site's own pages share: `<!-- head -->` is site-head.html, `<!-- links -->` site-links.html, `<!-- mark -->` the mark; about.html
 * has places of its own. The script that sets the
 * chosen colours before a page is drawn has to come before everything and by itself, so it goes past the bundle.
 */
export function sitePages(): Plugin {
  const early = read('early-theme.js');
  const fileName = `assets/early-theme-${createHash('sha256').update(early).digest('hex').slice(0, 8)}.js`;
  const mark = read('playground/mark.svg')
    .trim()
    .replace(/<svg[^>]*?viewBox/, '<svg class="mark" aria-hidden="true" viewBox')
    .replace(/ (fill|stroke[\w-]*)="[^"]*"|<title>.*<\/title>/g, '');
  const shared = { head: read('site-head.html').trim(), links: read('site-links.html').trim(), mark };
  const parts: Record<string, string> = { ...shared, ...aboutParts() };
  return {
    name: 'unroll-site-pages',
    transformIndexHtml: {
      order: 'pre',
      handler: (html) => html.replace(/<!-- (\w+) -->/g, (comment, name) => parts[name] ?? comment),
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        this.emitFile({ type: 'asset', fileName, source: early });
        for (const file of Object.values(bundle)) {
          if (file.type !== 'asset' || !file.fileName.endsWith('.html')) continue;
          const html = String(file.source);
          if (html.includes('theme-color'))
            file.source = html.replace('<title>', `<script src="./${fileName}"></script>\n    <title>`);
        }
      },
    },
  };
}
