import { engineFiles } from 'virtual:runtime-files';
import { loadEngine, pickVariant } from '../../../wasm-bindings/js/engine.mjs';
import { connect, type Engine } from '../../../wasm-bindings/js/torch/core';
import { Downloads } from '../../loading/downloads';
import type { KeptFiles } from '../../protocol/kept-files';
import type { Keepsake, Progress, ToWorker } from '../../protocol/messages';

type Request = Extract<ToWorker, { type: 'start' }>;

/** Brings up the engine. Gives what the page keeps for the next start; null where it has it already. */
export async function start(
  { site, keepsake, variant }: Request,
  report: (progress: Progress) => void,
): Promise<Keepsake | null> {
  const files: KeptFiles = new Map(keepsake?.files);
  const downloads = new Downloads(files, (load) => report({ stage: 'download', ...load }));
  const picked = variant ?? (await pickVariant());
  const { js, wasm } = engineFiles[picked];
  downloads.add(site + wasm.path, wasm);
  const release = downloads.intercept();
  try {
    const load = async () => (await downloads.script(site + js.path)).default;
    const module = { locateFile: () => site + wasm.path };
    const engine = await Promise.race([loadEngine({ variant: picked, load, module }), downloads.failure]);
    // What TypeScript reads out of engine.mjs says less than the interface.
    connect(engine as unknown as Engine);
  } finally {
    release();
  }
  const isMore = [...files].some(([url, file]) => keepsake?.files.get(url) !== file);
  return isMore ? { snapshot: null, files, version: null } : null;
}
