// The machine that a benchmark ran on.
import { readFileSync } from 'node:fs';
import { cpus, platform } from 'node:os';

/** The widest vector instructions of this processor, which decide what native libraries can do. */
function vectors() {
  if (platform() !== 'linux') return null;
  const flags = readFileSync('/proc/cpuinfo', 'utf8');
  if (/\bavx512f\b/.test(flags)) return 'AVX-512';
  return /\bavx2\b/.test(flags) ? 'AVX2' : null;
}

/** @returns {{processor: string, cores: number, vectors: string | null}} */
export const machine = () => ({ processor: cpus()[0].model.trim(), cores: cpus().length, vectors: vectors() });
