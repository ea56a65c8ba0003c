import * as ops from '../../../../build/generated/js/ops.ts';
import { enableGrad } from '../autograd.ts';
import { tensor } from '../creation.ts';
import { NotImplementedError, typeName, ValueError } from '../errors.ts';
import { keep } from '../memory.ts';
import { Tensor } from '../tensor.ts';

/** Parameters that are stepped with the same options. */
export type ParamGroup<O> = O & { params: Tensor[]; initialLr?: number };

/** What an optimizer is made of: parameters, or groups of them with options of their own. */
export type Params<O> = Iterable<Tensor> | Iterable<{ params: Iterable<Tensor> } & Partial<O>>;

/** The state of one parameter. */
export type ParamState = Record<string, Tensor>;

/** What all optimizers have in common among their options. */
export interface StepOptions {
  /** The learning rate. */
  lr: number;
  /** Steps up instead of down. */
  maximize: boolean;
}

/** Throws PyTorch's error for an option out of range. */
export function checkOptions({ betas, ...values }: { betas?: readonly number[]; [name: string]: unknown }): void {
  const words: Record<string, string> = {
    lr: 'learning rate',
    eps: 'epsilon value',
    weightDecay: 'weight_decay value',
  };
  for (const [name, value] of Object.entries(values))
    if (typeof value === 'number' && !(value >= 0))
      throw new ValueError(`Invalid ${words[name] ?? `${name} value`}: ${value}`);
  for (const [i, beta] of (betas ?? []).entries())
    if (!(beta >= 0 && beta < 1)) throw new ValueError(`Invalid beta parameter at index ${i}: ${beta}`);
}

/** A zero-dim tensor for a step count, as PyTorch keeps it. */
export const counter = (value = 0): Tensor => keep(tensor(value));

/** Zeros in the shape of a parameter, which scopes do not free. */
export const zerosFor = (param: Tensor): Tensor => keep(ops.full(param.shape, 0, param.dtype));

/** Base class of all optimizers. A subclass defines `update`. */
export class Optimizer<O extends StepOptions = StepOptions> {
  readonly paramGroups: ParamGroup<O>[] = [];
  /** The state of each parameter that has been stepped. */
  readonly state: Map<Tensor, ParamState> = new Map();

  constructor(
    params: Params<O>,
    readonly defaults: O,
  ) {
    if (params instanceof Tensor)
      throw new TypeError(
        'params argument given to the optimizer should be an iterable of Tensors or dicts, but got torch.FloatTensor',
      );
    if (typeof (params as Iterable<unknown>)?.[Symbol.iterator] !== 'function')
      throw new TypeError(`the first argument of an optimizer is model.parameters(), not ${typeName(params)}`);
    const given = [...params] as (Tensor | ({ params: Iterable<Tensor> } & Partial<O>))[];
    if (given.length === 0) throw new ValueError('optimizer got an empty parameter list');
    const isPlain = given.every((item) => item instanceof Tensor);
    const groups = isPlain ? [{ params: given as Tensor[] } as { params: Tensor[] } & Partial<O>] : given;
    for (const group of groups) this.addParamGroup(group as { params: Iterable<Tensor> } & Partial<O>);
  }

  /** Adds a group of parameters with options of its own. */
  addParamGroup(group: { params: Iterable<Tensor> } & Partial<O>): void {
    const params = group.params instanceof Tensor ? [group.params] : [...group.params];
    for (const param of params) {
      if (!(param instanceof Tensor))
        throw new TypeError(`optimizer can only optimize Tensors, but one of the params is ${typeName(param)}`);
      if (!param.isLeaf) throw new ValueError("can't optimize a non-leaf Tensor");
      if (this.paramGroups.some((known) => known.params.includes(param)))
        throw new ValueError('some parameters appear in more than one parameter group');
    }
    this.paramGroups.push({ ...this.defaults, ...group, params } as ParamGroup<O>);
  }

  /** Forgets the gradients of all parameters. */
  zeroGrad(): void {
    for (const { params } of this.paramGroups) for (const param of params) ops.setGrad(param, null);
  }

  /** Changes the parameters by their gradients; a closure computes the loss anew, and its result is returned. */
  step(): undefined;
  step<T>(closure: () => T): T;
  step<T>(closure?: () => T): T | undefined {
    const loss = closure && enableGrad(closure);
    for (const group of this.paramGroups) {
      const params = group.params.filter((param) => ops.hasGrad(param));
      if (params.length > 0) this.update(group, params);
    }
    return loss;
  }

  /** One step of the parameters of a group that have gradients. */
  protected update(_group: ParamGroup<O>, _params: Tensor[]): void {
    throw new NotImplementedError(`${this.constructor.name} defines no update()`);
  }

  /** The state of a parameter; `start` makes it. */
  protected stateOf(param: Tensor, start: () => ParamState): ParamState {
    let state = this.state.get(param);
    if (!state) {
      state = start();
      this.state.set(param, state);
    }
    return state;
  }

  /** State and options; parameters are numbered in their order. */
  stateDict(): {
    state: Record<number, ParamState>;
    paramGroups: (Omit<ParamGroup<O>, 'params'> & { params: number[] })[];
  } {
    const all = this.paramGroups.flatMap(({ params }) => params);
    const state: Record<number, ParamState> = {};
    for (const [param, values] of this.state) state[all.indexOf(param)] = { ...values };
    const paramGroups = this.paramGroups.map(({ params, ...options }) => ({
      ...options,
      params: params.map((param) => all.indexOf(param)),
    }));
    return { state, paramGroups };
  }

  /** Takes over what stateDict() gave. */
  loadStateDict(saved: ReturnType<this['stateDict']>): void {
    if (saved.paramGroups.length !== this.paramGroups.length)
      throw new ValueError('loaded state dict has a different number of parameter groups');
    for (const [i, group] of this.paramGroups.entries()) {
      const { params, ...options } = saved.paramGroups[i];
      if (params.length !== group.params.length)
        throw new ValueError(
          "loaded state dict contains a parameter group that doesn't match the size of optimizer's group",
        );
      Object.assign(group, options);
    }
    const all = this.paramGroups.flatMap(({ params }) => params);
    this.state.clear();
    for (const [number, values] of Object.entries(saved.state)) {
      const copies = Object.entries(values).map(([name, value]) => [name, keep(value.clone())]);
      this.state.set(all[Number(number)], Object.fromEntries(copies));
    }
  }

  toString(): string {
    const groups = this.paramGroups.map((group, i) => {
      const options = Object.entries(group).filter(([name]) => name !== 'params');
      return `Parameter Group ${i}\n${options.map(([name, value]) => `    ${name}: ${value}\n`).join('')}`;
    });
    return `${this.constructor.name} (\n${groups.join('\n')})`;
  }
}
