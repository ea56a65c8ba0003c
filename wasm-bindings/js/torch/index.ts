// The npm package: `import * as torch from 'unroll'` is ready to use when it is imported.
import { startEngine } from './start-engine.mjs';

await startEngine();

export * from './torch.ts';
