/** embed.html: one panel, made from the page's address, for sites that take frames but no scripts. */

import '../panel/index';
import { isLink, readLink } from '../share/link';
import { showShared } from '../share/show-link';
import { Parent } from './messages';
import { attributesIn, codeIn, isOwnCode } from './parameters';
import { giveParts } from './parts';

type Panel = HTMLElementTagNameMap['unroll-panel'];

const query = new URLSearchParams(location.search);
const parent = new Parent(query.get('id'), query.get('parent') ?? '*');
const place = document.querySelector('#place') as HTMLElement;

void show();

async function show(): Promise<void> {
  if (query.get('title')) document.title = query.get('title') ?? '';
  const panel = document.createElement('unroll-panel');
  const given = attributesIn(query, (note) => panel.notes.tell(note));
  const hasCode = await takeHash(panel).catch((error: Error) => say(error.message));
  if (hasCode) given.delete('src');
  for (const [name, value] of given) panel.setAttribute(name, value);
  const isOwn = !hasCode && (await isOwnCode(given));
  panel.isolated = panel.fromLink = !isOwn;
  panel.mayRunItself = isOwn;
  tellParent(panel);
  place.append(panel);
  if (!isOwn && panel.autorun) void explainAutorun(panel);
  parent.onTheme((theme) => {
    panel.theme = theme;
  });
}

/** Gives the panel the program in the hash; whether there is one. */
async function takeHash(panel: Panel): Promise<boolean> {
  const written = codeIn(location.hash);
  if (written !== null) panel.code = written;
  if (!isLink(location.hash)) return written !== null;
  const shared = await readLink(location.hash);
  if (!shared) return false;
  const layout = query.has('layout') ? undefined : shared.settings.layout;
  showShared(panel, { ...shared, settings: { ...shared.settings, layout } });
  giveParts(panel, shared.parts ?? []);
  return true;
}

function tellParent(panel: Panel): void {
  const resize = () => parent.tell({ type: 'resize', height: Math.ceil(panel.getBoundingClientRect().height) });
  new ResizeObserver(resize).observe(panel);
  panel.addEventListener('unroll-ready', () => parent.tell({ type: 'ready' }));
  panel.addEventListener('unroll-done', (event) => {
    const { status, error, seconds } = (event as CustomEvent).detail;
    parent.tell({ type: 'done', status, error: error?.type ?? null, seconds });
  });
  panel.addEventListener('unroll-in-view', (event) => parent.tell({ type: 'show', ...(event as CustomEvent).detail }));
  panel.addEventListener('unroll-check', (event) => parent.tell({ type: 'check', ...(event as CustomEvent).detail }));
  void panel.updateComplete.then(() => parent.tell({ type: 'load' }));
}

async function explainAutorun(panel: Panel): Promise<void> {
  await panel.updateComplete;
  panel.leaveFresh();
  panel.output?.writeNote(
    'This program came in an address, so it does not run by itself. Read it, then press Run Code.',
  );
}

function say(problem: string): boolean {
  const paragraph = document.createElement('p');
  paragraph.className = 'problem';
  paragraph.role = 'alert';
  paragraph.textContent = problem;
  document.body.prepend(paragraph);
  return true;
}
