// Functions of the program that the engine calls, by numbers.
import * as ops from '../../../build/generated/js/ops.ts';
import { engine, thrown, wrap } from './core.ts';
import type { Tensor } from './tensor.ts';

type Outside = (...tensors: Tensor[]) => Tensor | undefined | null;

const functions = new Map<number, Outside>();
let nextId = 1;
let connected = false;

function connect(): void {
  if (connected) return;
  connected = true;
  engine().connectOutside(
    (id, ...handles) => {
      try {
        const given = handles.map((handle) => wrap(handle));
        const found = functions.get(id)?.(...given);
        ops.callbackResults(found ? [found] : []);
        return 0;
      } catch (error) {
        thrown.push(error);
        return -1;
      }
    },
    (id) => functions.delete(id),
  );
}

/** Calls `hook` with each gradient of a tensor. */
export function addHook(tensor: Tensor, hook: Outside): void {
  connect();
  functions.set(nextId, hook);
  ops.tensorHook(tensor, nextId);
  nextId += 1;
}
