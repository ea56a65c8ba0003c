/** Global names with what they stand for, by the object that holds them; undefined: the name is gone. */
export type Changes = Map<object, Map<string | symbol, PropertyDescriptor | undefined>>;

/** What programs share although it is no name of the worker itself: built-in objects, by their global names. */
const builtIns = `Object Function Array String Number Boolean BigInt Symbol Promise Map Set WeakMap WeakSet WeakRef
  Date RegExp Error TypeError RangeError ArrayBuffer DataView Uint8Array Float32Array Float64Array JSON Math Reflect
  Proxy WebAssembly Intl EventTarget Event MessageEvent MessagePort TextEncoder TextDecoder console`.split(/\s+/);

/** The global names of the worker, and its built-in objects: what programs change there goes before the next one. */
export class Globals {
  private readonly before = new Map(holders().map((holder) => [holder, namesOf(holder)]));

  /** What programs added, changed or took away. */
  changes(): Changes {
    const found: Changes = new Map();
    for (const [holder, before] of this.before) {
      const now = namesOf(holder);
      const changed = [...new Set([...now.keys(), ...before.keys()])].filter(
        (key) => !isSame(now.get(key), before.get(key)),
      );
      if (changed.length > 0) found.set(holder, new Map(changed.map((key) => [key, now.get(key)])));
    }
    return found;
  }

  /** As they were before the first program, but for `changes`. False where a program has made that impossible. */
  reset(changes: Changes = new Map()): boolean {
    let isDone = true;
    for (const [holder, changed] of this.changes())
      for (const key of changed.keys()) isDone = put(holder, key, this.before.get(holder)?.get(key)) && isDone;
    for (const [holder, changed] of changes) for (const [key, descriptor] of changed) put(holder, key, descriptor);
    return isDone;
  }

  /** Lets programs of a session use these names. Their values are looked up when they are used. */
  offer(names: object): void {
    for (const [key, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(names)))
      Reflect.defineProperty(self, key, { ...descriptor, configurable: true, enumerable: true });
  }
}

function holders(): object[] {
  const found = new Set<object>();
  for (let scope: object | null = self; scope; scope = Object.getPrototypeOf(scope)) found.add(scope);
  for (const name of builtIns) {
    const value = (self as unknown as Record<string, { prototype?: object } | undefined>)[name];
    for (const object of [value, value?.prototype]) if (object) found.add(object);
  }
  // Those without a name of their own.
  for (const object of [Uint8Array, [][Symbol.iterator](), async () => {}]) found.add(Object.getPrototypeOf(object));
  return [...found];
}

const namesOf = (holder: object) =>
  new Map(Reflect.ownKeys(holder).map((key) => [key, Reflect.getOwnPropertyDescriptor(holder, key)]));

const put = (holder: object, key: string | symbol, descriptor?: PropertyDescriptor) =>
  descriptor ? Reflect.defineProperty(holder, key, descriptor) : Reflect.deleteProperty(holder, key);

const isSame = (a?: PropertyDescriptor, b?: PropertyDescriptor) =>
  a === b || (a !== undefined && b !== undefined && Object.is(a.value, b.value) && a.get === b.get && a.set === b.set);
