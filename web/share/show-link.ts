import type { UnrollPanel } from '../panel/unroll-panel';
import type { Shared } from './link';

/**
 * Puts the program of a link into a panel as the code of a stranger: it does not run by itself, it runs isolated, it is
 * marked, and what the reader kept of their own is left alone.
 */
export function showShared(panel: UnrollPanel, { code, files, settings }: Shared): void {
  panel.fromLink = true;
  panel.mayRunItself = false;
  panel.isolated = true;
  panel.lang = settings.lang ?? 'python';
  panel.packages = settings.packages?.join(' ') ?? null;
  panel.seed = settings.seed ?? null;
  if (settings.layout) panel.layout = settings.layout;
  panel.files = files;
  panel.code = code;
}
