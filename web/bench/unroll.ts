import type { OutputPart, Variant } from '../protocol/messages';
import { Runtime } from '../runtime/runtime';
import type { Request } from './plan';
import workloads from './workloads.py?raw';

/** What `answer` of workloads.py gives: milliseconds of one call, and the most memory so far in bytes. */
export interface Answer {
  time: number;
  memory: number;
}

/** Unroll with one build of its engine, in a worker and a Python of its own. Works run in it as a learner's programs do. */
export class Unroll {
  private readonly runtime: Runtime;

  constructor(variant: Variant | null = null) {
    this.runtime = new Runtime(variant);
  }

  /** Rejects where the program fails, as one that needs more memory than there is. */
  async answer(request: Request): Promise<Answer> {
    const text = { stdout: '', stderr: '' };
    const { status, error } = await this.runtime.run({
      code: `import json, workloads\nprint(json.dumps(workloads.answer(${JSON.stringify(request)})))\n`,
      files: Promise.resolve([['workloads.py', workloads]]),
      packages: { names: [], index: null },
      onOutput: (parts: OutputPart[]) => {
        for (const part of parts) if (part.kind === 'stdout' || part.kind === 'stderr') text[part.kind] += part.text;
      },
    });
    if (status !== 'ok') throw new Error(error?.message ?? text.stderr);
    return JSON.parse(text.stdout);
  }

  /** Gives the memory back. */
  close(): void {
    this.runtime.close();
  }
}
