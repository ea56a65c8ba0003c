// Programs one after another in one engine.
import { isGradEnabled, setGradEnabled } from './autograd.ts';
import { thrown } from './core.ts';
import { getDefaultDtype, setDefaultDtype } from './creation.ts';
import { type DType, float32 } from './dtypes.ts';
import { Arena, enterArena } from './memory.ts';
import { getPrintoptions, type PrintOptions, setPrintoptions } from './printing.ts';
import { defaultGenerator } from './random.ts';
import type { Tensor } from './tensor.ts';

interface Settings {
  gradients: boolean;
  dtype: DType;
  printing: PrintOptions;
  /** The place in the random stream; null: from a seed that nobody chose. */
  random: Tensor | null;
}

/** What a program has to itself, as in a process of its own: its tensors, the package's settings, its random stream. */
export class Process {
  private readonly arena = new Arena();
  private settings: Settings = {
    gradients: true,
    dtype: float32,
    printing: { precision: 4, threshold: 1000, edgeitems: 3, linewidth: 80, sciMode: null },
    random: null,
  };

  /** From here on this one runs. */
  resume(): void {
    const { gradients, dtype, printing, random } = this.settings;
    enterArena(this.arena);
    thrown.length = 0;
    setGradEnabled(gradients);
    setDefaultDtype(dtype);
    setPrintoptions(printing);
    if (random) defaultGenerator.setState(random);
    else defaultGenerator.seed();
    random?.dispose();
  }

  /** Another one is to run; this one goes on later. */
  pause(): void {
    this.settings = {
      gradients: isGradEnabled(),
      dtype: getDefaultDtype(),
      printing: getPrintoptions(),
      random: defaultGenerator.getState(),
    };
  }

  /** Frees its tensors, which may not be used from here on. */
  end(): void {
    this.arena.end();
  }
}
