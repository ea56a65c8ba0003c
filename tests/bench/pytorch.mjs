// Real PyTorch as the peer of the benchmark: one process that answers requests for web/bench/workloads.py, one after the other.
import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { root } from '../../wasm-bindings/setup/places.mjs';

/** The version of PyTorch that a command runs, such as 2.6.0. */
export async function versionOf(command) {
  const { stdout } = await promisify(execFile)(command, ['-c', 'import torch; print(torch.__version__)']);
  return stdout.trim().split('+')[0];
}

/**
 * Starts a process, which waits idle between requests.
 * @param {string} command
 * @param {NodeJS.ProcessEnv} env `forTimes` or `forMemory` of ../pytorch.mjs
 * @returns {{answer: (request: object) => Promise<{time: number, memory: number}>, stop: () => void}} see `answer` of workloads.py
 */
export function startPyTorch(command, env) {
  const child = spawn(command, [join(root, 'web/bench/workloads.py')], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const failure = new Promise((_, reject) => child.once('error', reject));
  failure.catch(() => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async answer(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const { value, done } = await Promise.race([lines.next(), failure]);
      if (done) throw new Error('PyTorch stopped while it was measured');
      return JSON.parse(value);
    },
    stop: () => child.kill(),
  };
}
