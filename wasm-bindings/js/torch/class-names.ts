/** Gives the classes of a namespace their names back, which a minifier may have taken: messages and printed modules tell them. */
export function nameClasses(namespace: object): void {
  for (const [name, value] of Object.entries(namespace))
    if (typeof value === 'function' && value.prototype) Object.defineProperty(value, 'name', { value: name });
}
