// Between two programs in one engine.
import { setGradEnabled } from './autograd.ts';
import { setDefaultDtype } from './creation.ts';
import { float32 } from './dtypes.ts';
import { releaseAll } from './memory.ts';
import { setPrintoptions } from './printing.ts';
import { defaultGenerator } from './random.ts';

/**
 * Puts the package's settings back to those of a new process: gradients on, float32, the default printing, and a random
 * stream whose seed nobody chose. Tensors of the program before are freed.
 */
export function freshStart(): void {
  releaseAll();
  setGradEnabled(true);
  setDefaultDtype(float32);
  setPrintoptions({ precision: 4, threshold: 1000, edgeitems: 3, linewidth: 80, sciMode: null });
  defaultGenerator.seed();
}
