import { IndexError } from '../errors.ts';
import type { Parameter } from '../parameter.ts';
import type { Tensor } from '../tensor.ts';
import { indented, Module } from './module.ts';

/** Modules in a row: each takes what the one before gives. `new nn.Sequential(a, b)` or `new nn.Sequential({a, b})`. */
export class Sequential extends Module<[input: Tensor], Tensor> {
  constructor(...modules: Module[] | [Record<string, Module>]) {
    super();
    const [first] = modules;
    if (modules.length === 1 && !(first instanceof Module)) Object.assign(this, first);
    else Object.assign(this, Object.fromEntries(modules.entries()));
  }

  override forward(input: Tensor): Tensor {
    let output = input;
    for (const module of this.children()) output = module(output);
    return output;
  }

  /** The module at a place; negative places count from the end. */
  at(index: number): Module {
    return itemAt([...this.children()], index);
  }

  *[Symbol.iterator](): Generator<Module> {
    yield* this.children();
  }
}

function itemAt<T>(items: T[], index: number): T {
  const found = items.at(index);
  if (found === undefined) throw new IndexError(`index ${index} is out of range`);
  return found;
}

/** A list of modules, whose parameters belong to the module that it is a property of. */
export class ModuleList<M extends Module = Module> extends Module {
  constructor(modules: Iterable<M> = []) {
    super();
    for (const module of modules) this.append(module);
  }

  /** The number of modules. */
  get size(): number {
    return Object.keys(this).length;
  }

  /** Adds a module at the end. */
  append(module: M): this {
    Object.assign(this, { [this.size]: module });
    return this;
  }

  /** Neighbours that print alike are one line: `(0-2): 3 x Linear(…)`. */
  override toString(): string {
    const groups: { text: string; first: number; count: number }[] = [];
    for (const [i, child] of [...this.children()].entries()) {
      const text = indented(String(child));
      const last = groups.at(-1);
      if (last?.text === text) last.count += 1;
      else groups.push({ text, first: i, count: 1 });
    }
    if (groups.length === 0) return `${this.constructor.name}()`;
    const lines = groups.map(({ text, first, count }) =>
      count > 1 ? `(${first}-${first + count - 1}): ${count} x ${text}` : `(${first}): ${text}`,
    );
    return `${this.constructor.name}(\n  ${lines.join('\n  ')}\n)`;
  }

  /** The module at a place; negative places count from the end. */
  at(index: number): M {
    return itemAt([...this.children()] as M[], index);
  }

  *[Symbol.iterator](): Generator<M> {
    yield* this.children() as Generator<M>;
  }
}

/** Modules by name. */
export class ModuleDict extends Module {
  constructor(modules: Record<string, Module> = {}) {
    super();
    Object.assign(this, modules);
  }

  /** The module of a name. */
  get(name: string): Module | undefined {
    return (this as unknown as Record<string, Module | undefined>)[name];
  }
}

/** A list of parameters. */
export class ParameterList extends Module {
  constructor(parameters: Iterable<Parameter> = []) {
    super();
    for (const [i, parameter] of [...parameters].entries()) Object.assign(this, { [i]: parameter });
  }

  /** The parameter at a place. */
  at(index: number): Parameter {
    return itemAt([...this.parameters()], index);
  }

  *[Symbol.iterator](): Generator<Parameter> {
    yield* this.parameters();
  }
}
