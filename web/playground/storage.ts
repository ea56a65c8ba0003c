/** The browser's storage, which a reader may have switched off: then a choice holds until the page goes. */
const held = new Map<string, string>();

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(`unroll.${name}`);
  } catch {
    return held.get(name) ?? null;
  }
}

/** Null forgets it. */
export function remember(name: string, value: string | null): void {
  if (value === null) held.delete(name);
  else held.set(name, value);
  try {
    if (value === null) localStorage.removeItem(`unroll.${name}`);
    else localStorage.setItem(`unroll.${name}`, value);
  } catch {
    // What is held here has to do.
  }
}
