import type { RuntimeKind } from './make-worker';
import { Runtime } from './runtime';

const runtimes = new Map<string, Runtime>();

/** The page's one runtime of a kind; made on first need, loaded when it is to run something. */
export function runtimeFor({ language = 'python' }: RuntimeKind = {}): Runtime {
  const runtime = runtimes.get(language) ?? new Runtime(null, { language });
  runtimes.set(language, runtime);
  return runtime;
}
