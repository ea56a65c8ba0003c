import type { RuntimeKind } from './make-worker';
import { Runtime } from './runtime';

const runtimes = new Map<string, Runtime>();

/** The page's one runtime of a kind; made on first need, loaded when it is to run something. */
export function runtimeFor({ language = 'python', isolated = false }: RuntimeKind = {}): Runtime {
  const key = `${language} ${isolated}`;
  const runtime = runtimes.get(key) ?? new Runtime(null, { language, isolated });
  runtimes.set(key, runtime);
  return runtime;
}
