import * as ops from '../../../../build/generated/js/ops.ts';
import { type DType, float32, float64 } from '../dtypes.ts';
import { NotImplementedError, RuntimeError, typeName } from '../errors.ts';
import { adopt, keep } from '../memory.ts';
import { Parameter } from '../parameter.ts';
import { inspect } from '../symbols.ts';
import { Tensor } from '../tensor.ts';

/** Weights by name, as stateDict() gives them. */
export type StateDict = Record<string, Tensor>;

/** How a state dict spells a property: as PyTorch does, so that weights go from one to the other. */
export const stateName = (property: string): string =>
  property.replace(/([a-z0-9])([A-Z])/g, (_, before, letter) => `${before}_${letter.toLowerCase()}`);

const buffers = new WeakMap<Module, Map<string, boolean>>();

type Call<In extends unknown[], Out> = (...inputs: In) => Out;

/** A module is a function, which a class alone cannot say. */
// biome-ignore lint/suspicious/noExplicitAny: a program's own modules take and return what they like
export interface Module<In extends unknown[] = any[], Out = any> extends Call<In, Out> {}

/**
 * A part of a network, with parameters and other modules as its properties. A subclass defines `forward(…)`; the object
 * itself is a function that runs it: `const y = model(x)`.
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: see above
// biome-ignore lint/suspicious/noExplicitAny: see above
export class Module<In extends unknown[] = any[], Out = any> {
  /** Whether the module trains (so that dropout drops); see train() and eval(). */
  declare training: boolean;

  constructor() {
    const self = (...inputs: In): Out => (self as unknown as Module<In, Out>).forward(...inputs);
    Object.setPrototypeOf(self, new.target.prototype);
    // What a function has of its own would be in the way of properties of these names.
    for (const name of ['name', 'length']) delete (self as unknown as Record<string, unknown>)[name];
    Object.defineProperty(self, 'training', { value: true, writable: true });
    // biome-ignore lint/correctness/noConstructorReturn: the object is a function
    return self as unknown as this;
  }

  /** What the module computes. */
  forward(..._inputs: In): Out {
    throw new NotImplementedError(`Module [${this.constructor.name}] is missing the required "forward" function`);
  }

  /** Notes a tensor that belongs to the state but is not trained. */
  registerBuffer(name: string, tensor: Tensor | null, { persistent = true }: { persistent?: boolean } = {}): void {
    const noted = buffers.get(this) ?? new Map<string, boolean>();
    buffers.set(this, noted.set(name, persistent));
    if (tensor) keep(tensor);
    Object.assign(this, { [name]: tensor });
  }

  private *own(): Generator<[string, unknown]> {
    for (const name of Object.keys(this)) yield [name, (this as unknown as Record<string, unknown>)[name]];
  }

  /** The modules that are properties, by name. */
  *namedChildren(): Generator<[string, Module]> {
    for (const [name, value] of this.own()) if (value instanceof Module) yield [stateName(name), value];
  }

  /** The modules that are properties. */
  *children(): Generator<Module> {
    for (const [, child] of this.namedChildren()) yield child;
  }

  /** This module and all below it, each once, by name. */
  *namedModules(prefix = '', seen: Set<Module> = new Set()): Generator<[string, Module]> {
    if (seen.has(this)) return;
    seen.add(this);
    yield [prefix, this];
    for (const [name, child] of this.namedChildren())
      yield* child.namedModules(prefix ? `${prefix}.${name}` : name, seen);
  }

  /** This module and all below it, each once. */
  *modules(): Generator<Module> {
    for (const [, module] of this.namedModules()) yield module;
  }

  /** The parameters of this module and of those below it, each once, by name. */
  *namedParameters(): Generator<[string, Parameter]> {
    const seen = new Set<unknown>();
    for (const [path, module] of this.namedModules()) {
      for (const [name, value] of module.own()) {
        if (!(value instanceof Parameter) || seen.has(value)) continue;
        seen.add(value);
        yield [path ? `${path}.${stateName(name)}` : stateName(name), value];
      }
    }
  }

  /** The parameters of this module and of those below it. */
  *parameters(): Generator<Parameter> {
    for (const [, parameter] of this.namedParameters()) yield parameter;
  }

  /** The buffers of this module and of those below it, by name. */
  *namedBuffers(onlyPersistent = false): Generator<[string, Tensor]> {
    for (const [path, module] of this.namedModules()) {
      for (const [name, persistent] of buffers.get(module) ?? []) {
        const value = (module as unknown as Record<string, unknown>)[name];
        if (!(value instanceof Tensor) || (onlyPersistent && !persistent)) continue;
        yield [path ? `${path}.${stateName(name)}` : stateName(name), value];
      }
    }
  }

  /** Runs a function over this module and all below it, those below first. */
  apply(run: (module: Module) => void): this {
    for (const child of this.children()) child.apply(run);
    run(this as unknown as Module);
    return this;
  }

  /** Puts the module, and all below it, into training, or out of it. */
  train(mode = true): this {
    for (const module of this.modules()) module.training = mode;
    return this;
  }

  /** Puts the module out of training: dropout drops nothing. */
  eval(): this {
    return this.train(false);
  }

  /** Forgets the gradients of all parameters. */
  zeroGrad(): void {
    for (const parameter of this.parameters()) ops.setGrad(parameter, null);
  }

  /** Turns the gradients of all parameters on or off. */
  requiresGrad_(on = true): this {
    for (const parameter of this.parameters()) parameter.requiresGrad_(on);
    return this;
  }

  /** Casts parameters and buffers of floating-point types, in place. */
  to(dtype: DType | 'cpu'): this {
    if (dtype === 'cpu') return this;
    for (const parameter of this.parameters()) cast(parameter, dtype);
    for (const [, buffer] of this.namedBuffers()) cast(buffer, dtype);
    return this;
  }

  /** Casts to float32, in place. */
  float(): this {
    return this.to(float32);
  }

  /** Casts to float64, in place. */
  double(): this {
    return this.to(float64);
  }

  /** The tensors of the state by name, spelled as PyTorch spells them. They share memory with the module. */
  stateDict(): StateDict {
    const state: StateDict = {};
    for (const [path, module] of this.namedModules()) {
      const prefix = path ? `${path}.` : '';
      for (const [name, value] of module.own())
        if (value instanceof Parameter) state[prefix + stateName(name)] = ops.detach(value);
      for (const [name, persistent] of buffers.get(module) ?? []) {
        const value = (module as unknown as Record<string, unknown>)[name];
        if (persistent && value instanceof Tensor) state[prefix + stateName(name)] = ops.detach(value);
      }
    }
    return state;
  }

  /** Copies a state into this module. Throws where names or shapes do not fit; with `strict: false` only for shapes. */
  loadStateDict(
    state: StateDict,
    { strict = true }: { strict?: boolean } = {},
  ): { missingKeys: string[]; unexpectedKeys: string[] } {
    if (typeof state !== 'object' || state === null)
      throw new TypeError(`Expected state_dict to be dict-like, got ${typeName(state)}.`);
    const own = this.stateDict();
    const missingKeys = Object.keys(own).filter((name) => !Object.hasOwn(state, name));
    const unexpectedKeys = Object.keys(state).filter((name) => !Object.hasOwn(own, name));
    const problems: string[] = [];
    const quoted = (names: string[]) => names.map((name) => `"${name}"`).join(', ');
    if (strict && unexpectedKeys.length > 0)
      problems.push(`Unexpected key(s) in state_dict: ${quoted(unexpectedKeys)}. `);
    if (strict && missingKeys.length > 0) problems.push(`Missing key(s) in state_dict: ${quoted(missingKeys)}. `);
    for (const [name, target] of Object.entries(own)) {
      const source = state[name];
      if (!source) continue;
      const [given, wanted] = [source.shape.join(', '), target.shape.join(', ')];
      if (given === wanted) ops.copy_(target, source);
      else
        problems.push(
          `size mismatch for ${name}: copying a param with shape torch.Size([${given}]) from checkpoint, the shape in ` +
            `current model is torch.Size([${wanted}]).`,
        );
    }
    if (problems.length > 0)
      throw new RuntimeError(
        `Error(s) in loading state_dict for ${this.constructor.name}:\n\t${problems.join('\n\t')}`,
      );
    return { missingKeys, unexpectedKeys };
  }

  /** What stands in the brackets when the module is printed. */
  extraRepr(): string {
    return '';
  }

  toString(): string {
    const extra = this.extraRepr();
    const lines = [...this.namedChildren()].map(([name, child]) => `(${name}): ${indented(String(child))}`);
    const { name } = this.constructor;
    if (lines.length === 0) return `${name}(${extra})`;
    return `${name}(\n  ${[...(extra ? [extra] : []), ...lines].join('\n  ')}\n)`;
  }

  [inspect](): string {
    return this.toString();
  }
}

export const indented = (text: string) => text.split('\n').join('\n  ');

function cast(tensor: Tensor, dtype: DType): void {
  if (!tensor.dtype.isFloatingPoint || tensor.dtype === dtype) return;
  const { requiresGrad } = tensor;
  adopt(tensor, ops.detach(ops.to(ops.detach(tensor), dtype)));
  if (requiresGrad) ops.setRequiresGrad(tensor, true);
}
