/** Keys as `aria-keyshortcuts` writes them (`Control+Enter`, others apart by spaces): what readers see, and what the keyboard sends. */

export const isApple = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '');

/** The key that commands are held with. */
export const mod = isApple ? 'Meta' : 'Control';

const signs: Record<string, string> = isApple
  ? { Meta: '⌘', Control: '⌃', Alt: '⌥', Shift: '⇧', Enter: '↵' }
  : { Control: 'Ctrl', Enter: '↵' };

/** The names on the keys, one after the other; of several ways the first. */
export function keyCaps(keys: string): string[] {
  const [first] = keys.split(' ');
  return first.split('+').map((key) => signs[key] ?? key);
}

/** Whether these keys were pressed, and no others with them. */
export function pressed(event: KeyboardEvent, keys: string): boolean {
  return keys.split(' ').some((one) => matches(event, one.split('+')));
}

function matches(event: KeyboardEvent, names: string[]): boolean {
  const key = names.at(-1) ?? '';
  const held = { Meta: event.metaKey, Control: event.ctrlKey, Alt: event.altKey };
  if (Object.entries(held).some(([name, down]) => down !== names.includes(name))) return false;
  // With Alt, a digit's key may write something else.
  if (/^\d$/.test(key)) return event.code === `Digit${key}`;
  // Which signs need Shift is a matter of the keyboard.
  const isShift = !/^[a-z]$/i.test(key) || event.shiftKey === names.includes('Shift');
  return isShift && event.key?.toLowerCase() === key.toLowerCase();
}
