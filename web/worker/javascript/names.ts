/** Top-level names of programs; a name that has no value yet throws when it is read. */
export type Names = Record<string, unknown>;

/** The value of a name; undefined where it has none yet. */
export function lookUp(names: Names, name: string): unknown {
  try {
    return names[name];
  } catch {
    return undefined;
  }
}
