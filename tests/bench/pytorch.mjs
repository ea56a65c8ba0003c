// Real PyTorch as the peer of the benchmark: one process that answers requests for web/bench/workloads.py, one after the other.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../../wasm-bindings/setup/places.mjs';

/** The command that runs a script under PyTorch, or undefined. UNROLL_PYTORCH names one. */
export function findPyTorch() {
  const candidates = [process.env.UNROLL_PYTORCH, join(root, '../shared/tools/pytorch'), 'python3'].filter(Boolean);
  return candidates.find(
    (command) =>
      (command.includes('/') ? existsSync(command) : true) &&
      spawnSync(command, ['-c', 'import torch'], { stdio: 'ignore' }).status === 0,
  );
}

/**
 * Starts a process, which waits idle between requests.
 * @param {string} command
 * @returns {{answer: (request: object) => Promise<{time: number, memory: number}>, stop: () => void}} see `answer` of workloads.py
 */
export function startPyTorch(command) {
  // torch.set_num_threads() does not reach OpenBLAS, whose second thread spins while other programs want the core.
  const env = { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  const child = spawn(command, [join(root, 'web/bench/workloads.py')], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async answer(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error('PyTorch stopped while it was measured');
      return JSON.parse(value);
    },
    stop: () => child.kill(),
  };
}
