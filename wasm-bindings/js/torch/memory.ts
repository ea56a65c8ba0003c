// Who frees a tensor: `using`, dispose(), the end of a scope, or at last the garbage collector.
import { engine } from './core.ts';
import { RuntimeError } from './errors.ts';
import type { Tensor } from './tensor.ts';

const free = 0;
/** From how many bytes on a program is told how to give memory back. */
const warnFrom = 1_500_000_000;

/** Keeps the handles of one program apart from those of the next; above all handles. */
const generationStep = 2 ** 40;

const collected = new FinalizationRegistry<number>((mark) => {
  if (mark >= generation) freeHandle(mark - generation);
});
/** The handles that tensors hold. */
const held = new Set<number>();
let generation = 0;
const open: Set<Tensor>[] = [];
let untilCheck = 1000;
let warned = false;

function freeHandle(handle: number): void {
  held.delete(handle);
  const target = engine();
  target.argumentsFor(1)[target.argumentsBase] = handle;
  target.run(free, 1);
}

function register(tensor: Tensor): void {
  held.add(tensor.handle);
  collected.register(tensor, generation + tensor.handle, tensor);
}

/** Takes note of a tensor that has just been made. @internal */
export function note(tensor: Tensor): void {
  register(tensor);
  open.at(-1)?.add(tensor);
  if (--untilCheck < 0) checkMemory();
}

/** Frees a tensor now. @internal */
export function release(tensor: Tensor): void {
  if (tensor.handle === 0) return;
  collected.unregister(tensor);
  freeHandle(tensor.handle);
  tensor.handle = 0;
}

/** The handle of a tensor, which gives it up. @internal */
export function disown(tensor: Tensor): number {
  const { handle } = tensor;
  collected.unregister(tensor);
  for (const made of open) made.delete(tensor);
  tensor.handle = 0;
  return handle;
}

/** Lets `to` stand for what `from` stands for; `from` is freed. @internal */
export function adopt(to: Tensor, from: Tensor): void {
  collected.unregister(to);
  collected.unregister(from);
  freeHandle(to.handle);
  to.handle = from.handle;
  from.handle = 0;
  register(to);
}

/** Frees all tensors: a program is over, and what still refers to them may not be used. @internal */
export function releaseAll(): void {
  for (const handle of [...held]) freeHandle(handle);
  generation += generationStep;
  open.length = 0;
  warned = false;
}

/** A program without a pause gives the garbage collector no turn, so that nothing is freed by itself. */
function checkMemory(): void {
  untilCheck = 1000;
  if (warned || engine().memoryBytes() < warnFrom) return;
  warned = true;
  console.warn(
    `Unroll: tensors take ${(engine().memoryBytes() / 1e9).toFixed(1)} GB. A loop gives its memory back with each step inside ` +
      '`torch.scope(() => { … })`: what is made there is freed at its end.',
  );
}

/**
 * Runs a function and frees the tensors that were made in it, but for those that it returns (also in arrays, objects and
 * maps), parameters, and those given to keep().
 */
export function scope<T>(run: () => T): T {
  const made = new Set<Tensor>();
  open.push(made);
  let result: T | undefined;
  try {
    result = run();
    if (result instanceof Promise)
      throw new RuntimeError('scope() takes a plain function: an async one goes on when the scope has ended.');
    return result;
  } finally {
    open.splice(open.indexOf(made), 1);
    keepIn(result, made);
    for (const tensor of made) release(tensor);
  }
}

/** Takes all tensors in `value` out of a scope, into the one around it. */
function keepIn(value: unknown, made: Set<Tensor>, seen = new Set<unknown>()): void {
  // A module is a function.
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return;
  seen.add(value);
  if (made.delete(value as Tensor)) {
    open.at(-1)?.add(value as Tensor);
  } else if (value instanceof Map || value instanceof Set || Array.isArray(value)) {
    for (const item of value.values()) keepIn(item, made, seen);
  } else if (!ArrayBuffer.isView(value)) {
    for (const item of Object.values(value)) keepIn(item, made, seen);
  }
}

/** Takes tensors out of all scopes: they live until dispose(), or until nothing refers to them. Returns its argument. */
export function keep<T extends Tensor | Tensor[]>(tensors: T): T {
  const list: readonly Tensor[] = Array.isArray(tensors) ? tensors : [tensors];
  for (const tensor of list) for (const made of open) made.delete(tensor);
  return tensors;
}
