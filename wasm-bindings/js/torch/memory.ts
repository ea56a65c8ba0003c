// Who frees a tensor: `using`, dispose(), the end of a scope, or at last the garbage collector.
import { engine } from './core.ts';
import { RuntimeError } from './errors.ts';
import type { Tensor } from './tensor.ts';

const free = 0;
/** From how many bytes on a program is told how to give memory back. */
const warnFrom = 1_500_000_000;

/** The tensors of a program, or of the programs of a session: at its end all of them are freed. @internal */
export class Arena {
  isOver = false;
  warned = false;
  private readonly held = new Set<number>();
  private readonly collected = new FinalizationRegistry<number>((handle) => this.free(handle));

  register(tensor: Tensor): void {
    this.held.add(tensor.handle);
    this.collected.register(tensor, tensor.handle, tensor);
  }

  /** Frees the tensor's memory, where the program is not over. */
  release(tensor: Tensor): void {
    this.collected.unregister(tensor);
    this.free(tensor.handle);
  }

  /** Gives the tensor's handle up. */
  disown(tensor: Tensor): void {
    this.collected.unregister(tensor);
    this.held.delete(tensor.handle);
  }

  end(): void {
    for (const handle of this.held) this.free(handle);
    this.isOver = true;
  }

  /** The engine gives the numbers of freed tensors to others, so that none may be freed twice. */
  private free(handle: number): void {
    if (!this.held.delete(handle)) return;
    const target = engine();
    target.argumentsFor(1)[target.argumentsBase] = handle;
    target.run(free, 1);
  }
}

let arena = new Arena();
const open: Set<Tensor>[] = [];
let untilCheck = 1000;

/** To whom a tensor belongs that is made now. @internal */
export function currentArena(): Arena {
  return arena;
}

/** Another program goes on. @internal */
export function enterArena(next: Arena): void {
  arena = next;
}

/** Takes note of a tensor that has just been made. @internal */
export function note(tensor: Tensor): void {
  tensor.arena.register(tensor);
  open.at(-1)?.add(tensor);
  if (--untilCheck < 0) checkMemory();
}

/** Frees a tensor now. @internal */
export function release(tensor: Tensor): void {
  if (tensor.handle === 0) return;
  tensor.arena.release(tensor);
  tensor.handle = 0;
}

/** The handle of a tensor, which gives it up. @internal */
export function disown(tensor: Tensor): number {
  const { handle } = tensor;
  tensor.arena.disown(tensor);
  for (const made of open) made.delete(tensor);
  tensor.handle = 0;
  return handle;
}

/** Lets `to` stand for what `from` stands for; `from` is freed. @internal */
export function adopt(to: Tensor, from: Tensor): void {
  to.arena.release(to);
  to.handle = disown(from);
  to.arena.register(to);
}

/** A program without a pause gives the garbage collector no turn, so that nothing is freed by itself. */
function checkMemory(): void {
  untilCheck = 1000;
  if (arena.warned || engine().memoryBytes() < warnFrom) return;
  arena.warned = true;
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
