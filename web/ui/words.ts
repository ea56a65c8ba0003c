import type { Progress } from '../protocol/messages';

/** What the panel says. */
export const beforeFirstRun = '▶ Click "Run Code" to execute…';

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);

/** How far the start is, in words. */
export function progressText({ stage, loaded, total, names }: Progress): string {
  const amount = total > 50_000 ? `${megabytes(loaded)} of ${megabytes(total)} MB` : '';
  if (stage === 'packages') return [names?.join(', '), amount].filter(Boolean).join(': ');
  if (stage === 'python') return 'starting Python';
  if (stage === 'torch') return 'starting torch';
  return amount;
}

/** How far the start is, from 0 to 1: downloads are most of it on a usual connection. */
export function progressShare({ stage, loaded, total }: Progress): number {
  if (stage === 'python') return 0.8;
  if (stage === 'torch') return 0.92;
  if (stage === 'packages') return total > 0 ? 0.1 + (0.85 * loaded) / total : 0.1;
  return total > 0 ? 0.02 + (0.75 * loaded) / total : 0.02;
}

/** 12 ms, 0.42 s, 12.3 s, 2 min 5 s */
export function duration(seconds: number): string {
  if (seconds < 0.1) return `${Math.ceil(seconds * 1000)} ms`;
  if (seconds >= 60) return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
  return seconds >= 10 ? `${seconds.toFixed(1)} s` : `${seconds.toFixed(2)} s`;
}

/** 812 B, 51 KB, 1.3 MB */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${Math.round(bytes / 1000)} KB` : `${megabytes(bytes)} MB`;
}
