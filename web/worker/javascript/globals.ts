/** Global names with what they stand for. */
export type Descriptors = Map<PropertyKey, PropertyDescriptor>;

/** The global names of the worker: what programs add to them goes before the next one. */
export class Globals {
  private readonly before = new Map(
    Reflect.ownKeys(self).map((key) => [key, Reflect.getOwnPropertyDescriptor(self, key)]),
  );

  /** What programs added or changed. */
  added(): Descriptors {
    const found: Descriptors = new Map();
    for (const key of Reflect.ownKeys(self)) {
      const descriptor = Reflect.getOwnPropertyDescriptor(self, key) as PropertyDescriptor;
      if (!isSame(descriptor, this.before.get(key))) found.set(key, descriptor);
    }
    return found;
  }

  /** As they were before the first program, but for what is `added`. */
  reset(added: Descriptors): void {
    for (const key of Reflect.ownKeys(self)) if (!this.before.has(key)) Reflect.deleteProperty(self, key);
    for (const [key, descriptor] of this.before)
      if (descriptor?.configurable && !isSame(descriptor, Reflect.getOwnPropertyDescriptor(self, key)))
        Reflect.defineProperty(self, key, descriptor);
    for (const [key, descriptor] of added) Reflect.defineProperty(self, key, descriptor);
  }

  /** Lets programs of a session use these names. Their values are looked up when they are used. */
  offer(names: object): void {
    for (const [key, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(names)))
      Reflect.defineProperty(self, key, { ...descriptor, configurable: true, enumerable: true });
  }
}

const isSame = (a: PropertyDescriptor, b?: PropertyDescriptor) =>
  b !== undefined && a.value === b.value && a.get === b.get && a.set === b.set;
