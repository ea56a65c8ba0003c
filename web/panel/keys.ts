/** Keys as `aria-keyshortcuts` writes them (`Control+Enter`): what readers see, and what the keyboard sends. */

export const isApple = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '');

/** The key that commands are held with. */
export const mod = isApple ? 'Meta' : 'Control';

const signs: Record<string, string> = isApple
  ? { Meta: '⌘', Control: '⌃', Alt: '⌥', Shift: '⇧', Enter: '↵' }
  : { Control: 'Ctrl', Enter: '↵' };

/** The names on the keys, one after the other. */
export function keyCaps(keys: string): string[] {
  return keys.split('+').map((key) => signs[key] ?? key);
}

/** Whether these keys were pressed, and no others with them. */
export function pressed(event: KeyboardEvent, keys: string): boolean {
  const names = keys.split('+');
  const key = names.pop() ?? '';
  const held = { Meta: event.metaKey, Control: event.ctrlKey, Alt: event.altKey };
  const isHeld = Object.entries(held).every(([name, down]) => down === names.includes(name));
  // Which keys need Shift for a sign is a matter of the keyboard.
  const isShift = !/^[a-z]$/i.test(key) || event.shiftKey === names.includes('Shift');
  return isHeld && isShift && event.key.toLowerCase() === key.toLowerCase();
}
