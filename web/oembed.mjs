import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const lessons = join(dirname(fileURLToPath(import.meta.url)), 'lessons');
const [width, height] = [800, 620];

/**
 * For each lesson a page and its oEmbed description, so that an address becomes an embed where it is pasted. oEmbed wants
 * absolute addresses: nothing is made unless the build knows the site's, in UNROLL_SITE.
 * @returns {import('vite').Plugin}
 */
export function oembed(site = process.env.UNROLL_SITE) {
  return {
    name: 'unroll-oembed',
    generateBundle() {
      if (!site) return;
      for (const [fileName, source] of oembedFiles(site)) this.emitFile({ type: 'asset', fileName, source });
    },
  };
}

/**
 * The pages of all lessons and their descriptions.
 * @param {string} site address of the site's folder
 * @returns {[path: string, text: string][]}
 */
export function oembedFiles(site) {
  const folder = site.replace(/\/?$/, '/');
  if (!URL.canParse(folder))
    throw new Error(
      `UNROLL_SITE: expected the whole address of the site, such as https://your.site/unroll/, got "${site}"`,
    );
  return readdirSync(lessons).flatMap((name) => {
    const lesson = JSON.parse(readFileSync(join(lessons, name, 'lesson.json'), 'utf8'));
    const program = readdirSync(join(lessons, name)).find((file) => /^main\.(py|js)$/.test(file));
    const page = { site: folder, name, program, title: lesson.title, files: lesson.files ?? [] };
    return [
      [`lessons/${name}/oembed.json`, description(page)],
      [`lessons/${name}/index.html`, lessonPage(page)],
    ];
  });
}

function description({ site, name, program, title, files }) {
  const folder = `lessons/${name}/`;
  const query = new URLSearchParams({ src: folder + program, title });
  if (program.endsWith('.js')) query.set('lang', 'javascript');
  if (files.length > 0) query.set('files', files.map((file) => folder + file).join(' '));
  const address = escaped(`${site}embed.html?${query}`);
  const html = `<iframe src="${address}" title="${escaped(title)}" width="${width}" height="${height}" style="border:0; border-radius:14px"></iframe>`;
  const provider = { provider_name: 'Unroll', provider_url: site };
  return `${JSON.stringify({ version: '1.0', type: 'rich', title, ...provider, width, height, html }, null, 2)}\n`;
}

function lessonPage({ site, name, program, title, files }) {
  const lang = program.endsWith('.js') ? ' lang="javascript"' : '';
  const given = files.length > 0 ? ` files="${files.join(' ')}"` : '';
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${escaped(title)}</title>
    <link rel="icon" href="data:," />
    <link rel="alternate" type="application/json+oembed" href="${site}lessons/${name}/oembed.json" title="${escaped(title)}" />
    <link rel="stylesheet" href="../../examples/examples.css" />
    <link rel="stylesheet" href="../../unroll.css" />
    <script type="module" src="../../unroll.js"></script>
  </head>
  <body>
    <h1>${escaped(title)}</h1>
    <unroll-panel src="${program}"${lang}${given}></unroll-panel>
  </body>
</html>
`;
}

const escaped = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
