import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';
import { type Icon, makeIcons } from './icons.ts';

/** What the service worker keeps. */
export interface OfflineList {
  /** Changes with any of the files. */
  version: string;
  files: OfflineFile[];
}

export interface OfflineFile {
  /** From the site's folder; empty for the page. */
  path: string;
  /** The size, unpacked. */
  bytes: number;
  /** The engine's build that it belongs to. */
  build?: 'simd' | 'relaxed';
  /** Kept once it was asked for, not before. */
  late?: true;
}

type Bundle = Record<string, { type: 'chunk'; code: string } | { type: 'asset'; source: string | Uint8Array }>;

const folder = dirname(fileURLToPath(import.meta.url));
/** 5 MB that hardly a program imports. */
const isLate = /^assets\/python-rare-/;
const engineBuild = /^assets\/unroll-(simd|relaxed)-/;

/** Makes the playground an app that can be installed and works offline: manifest, icons, and `offline.js`, the service worker. */
export function offlineFiles(): Plugin {
  return {
    name: 'unroll-offline-files',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const emit = (fileName: string, source: string | Uint8Array) =>
          this.emitFile({ type: 'asset', fileName, source });
        const page = bundle['index.html'];
        if (page?.type !== 'asset') return;
        const icons = await makeIcons();
        for (const { path, source } of icons) emit(path, source);
        emit('app.webmanifest', JSON.stringify(manifest(icons)));
        page.source = String(page.source).replace('<title>', `${links(icons)}\n    <title>`);
        emit('offline.js', await serviceWorker(listOf(bundle as Bundle)));
      },
    },
  };
}

function manifest(icons: Icon[]) {
  const pictures = icons.map(({ path, sizes, type, purpose }) => ({ src: `./${path}`, sizes, type, purpose }));
  return {
    id: './',
    name: 'Unroll playground',
    short_name: 'Unroll',
    description: "Run and train recurrent neural networks on this device, in PyTorch's words.",
    lang: 'en',
    start_url: './',
    scope: './',
    display: 'standalone',
    background_color: '#eef1ee',
    theme_color: '#eef1ee',
    categories: ['education', 'developer'],
    icons: pictures,
  };
}

function links(icons: Icon[]): string {
  const apple = icons.find(({ sizes }) => sizes === '180x180');
  return `<link rel="manifest" href="./app.webmanifest" />
    <link rel="apple-touch-icon" href="./${apple?.path}" />`;
}

/** The page, all that is named by what it loads, and the lessons. */
function listOf(bundle: Bundle): OfflineList {
  const contents = new Map<string, string | Uint8Array>();
  for (const [path, file] of Object.entries(bundle))
    contents.set(path, file.type === 'chunk' ? file.code : file.source);
  const found = new Set(['index.html', 'app.webmanifest']);
  // Names in assets/ hold a hash, so a file that says one means it.
  for (const path of found) {
    const content = contents.get(path) ?? '';
    if (!/\.(m?js|css|html|webmanifest)$/.test(path)) continue;
    const text = typeof content === 'string' ? content : new TextDecoder().decode(content);
    for (const other of contents.keys())
      if (other.startsWith('assets/') && text.includes(other.slice(7))) found.add(other);
  }
  for (const path of contents.keys()) if (path.startsWith('lessons/')) found.add(path);
  const hash = createHash('sha256');
  const files = [...found].sort().map((path): OfflineFile => {
    const content = contents.get(path) ?? '';
    hash.update(path).update(createHash('sha256').update(content).digest());
    const build = engineBuild.exec(path)?.[1] as OfflineFile['build'];
    const bytes = Buffer.byteLength(content);
    return { path: path === 'index.html' ? '' : path, bytes, build, ...(isLate.test(path) && { late: true }) };
  });
  return { version: hash.digest('hex').slice(0, 12), files };
}

/** The worker as one script with the list inside: not a module, which not every browser takes. */
async function serviceWorker(list: OfflineList): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    define: { offlineList: JSON.stringify(list) },
    build: {
      write: false,
      target: 'es2022',
      rolldownOptions: { input: join(folder, 'service-worker.ts'), output: { format: 'iife' } },
    },
  });
  const [{ output }] = [result].flat() as { output: { type: string; code?: string }[] }[];
  return output.find(({ type }) => type === 'chunk')?.code ?? '';
}
