/** Ways of a program out of its panel. */

import { codeOf } from '../panel/author-parts';
import type { PanelHost } from '../panel/host';
import type { FileContent } from '../panel/panel-files';
import { siteUrl } from '../runtime/make-worker';
import { makeLink, type Shared } from './link';
import { fromNotebook, toNotebook } from './notebook';

type Files = Shared['files'];

/** The files that the panel has, as text or bytes. */
async function filesOf(panel: PanelHost): Promise<Files> {
  return Object.fromEntries(await panel.readFiles());
}

const packagesOf = ({ packages }: PanelHost) => (packages ?? '').split(/[\s,]+/).filter(Boolean);

/** A link to the playground beside unroll.js with the program in it. Rejects with a LinkError where it is too long. */
export async function linkTo(panel: PanelHost): Promise<{ link: string; fileCount: number }> {
  const files = await filesOf(panel);
  const packages = packagesOf(panel);
  const settings: Shared['settings'] = {
    ...(panel.lang === 'javascript' && { lang: 'javascript' }),
    ...(packages.length > 0 && { packages }),
    ...(panel.seed !== null && { seed: panel.seed }),
    ...(panel.layout === 'side' && { layout: 'side' }),
  };
  const link = await makeLink({ code: panel.code, files, settings }, siteUrl());
  return { link, fileCount: Object.keys(files).length };
}

/** The program as a notebook that brings what runs before it, the programs that it goes on from too, and the files of all. */
export async function notebookOf(panel: PanelHost): Promise<string> {
  const above = panel.session.above();
  const before = await Promise.all(above.map(async (other) => [...(await startOf(other)), other.code]));
  const files = await Promise.all([...above, panel].map(filesOf));
  const packages = [...new Set([...above, panel].flatMap(packagesOf))];
  return toNotebook(panel.code, Object.assign({}, ...files), packages, [...before.flat(), ...(await startOf(panel))]);
}

/** What a panel does before its program, which elsewhere nobody else does. */
async function startOf(panel: PanelHost): Promise<string[]> {
  const { seed } = panel;
  const seeds = seed === null ? '' : `import random, torch; random.seed(${seed}); torch.manual_seed(${seed})`;
  return [seeds, await codeOf(panel, 'setup', panel.setup)].filter(Boolean);
}

/** Puts a program or notebook from the reader's disk into the panel, as an edit of theirs. */
export async function openProgram(panel: PanelHost, file: File): Promise<void> {
  const text = await file.text();
  if (!/\.ipynb$/i.test(file.name)) {
    panel.edit(text);
    return;
  }
  const { code, files } = fromNotebook(text);
  panel.edit(code);
  for (const [name, content] of Object.entries(files)) panel.addFile(name, content satisfies FileContent);
}
