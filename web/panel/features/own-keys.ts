import type { Feature } from '../feature';

/** Keys that move the cursor or change the text wherever one types; with Ctrl or ⌘ they do so by words. */
const editing = new Set(
  'Enter Backspace Delete Insert ArrowLeft ArrowRight ArrowUp ArrowDown Home End PageUp PageDown'.split(' '),
);
/** Letters that edit with Ctrl or ⌘ in every field. */
const shortcuts = /^[acvxyz]$/i;
/** Fields into which nothing is written. */
const pressedOnly = new Set(['button', 'submit', 'reset', 'image', 'file', 'checkbox', 'radio', 'range', 'color']);
/** What scrolls a box that is not in sight as a whole. */
const scrolling: Record<string, 'Width' | 'Height'> = {
  ArrowLeft: 'Width',
  ArrowRight: 'Width',
  ArrowUp: 'Height',
  ArrowDown: 'Height',
  PageUp: 'Height',
  PageDown: 'Height',
  Home: 'Height',
  End: 'Height',
  ' ': 'Height',
};

/**
 * Keeps the keys that this panel uses from the page around. To that they all seem to come from the panel, which is no field,
 * and many pages do something at a bare key then: open a search, turn a slide.
 */
export class OwnKeys implements Feature {
  /** Keys whose press was the panel's: the rest of it is too. */
  private readonly own = new Set<string>();

  constructor(private readonly panel: { readonly renderRoot: HTMLElement | DocumentFragment }) {}

  ready(): void {
    for (const type of ['keydown', 'keypress', 'keyup'] as const)
      this.panel.renderRoot.addEventListener(type, (event) => this.hear(event as KeyboardEvent));
  }

  private hear(event: KeyboardEvent): void {
    const { type, code } = event;
    if (type === 'keydown') {
      if (isUsed(event)) this.own.add(code);
      else this.own.delete(code);
    }
    if (!this.own.has(code)) return;
    event.stopPropagation();
    if (type === 'keyup') this.own.delete(code);
  }
}

/** Whether the panel does something at a key: by a listener of its own, or as the browser does it for such an element. */
function isUsed(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  if (event.defaultPrevented) return true;
  if (!(target instanceof HTMLElement)) return false;
  if (isWritable(target)) return isTyped(event);
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const isPress = event.key === 'Enter' || event.key === ' ';
  if (isPress && target.matches('button, summary, a[href], input, [role=button]')) return true;
  if (target.matches('input, select')) return event.key in scrolling;
  const side = scrolling[event.key];
  return side !== undefined && target[`scroll${side}`] > target[`client${side}`];
}

const isWritable = (element: HTMLElement) =>
  element.isContentEditable ||
  element.localName === 'textarea' ||
  (element instanceof HTMLInputElement && !pressedOnly.has(element.type));

/** Whether a key writes, edits or leaves a field: not Tab, which moves on, a function key, or a shortcut of the page's. */
function isTyped(event: KeyboardEvent): boolean {
  const { key } = event;
  if (event.isComposing || editing.has(key) || key === 'Escape') return true;
  // Input methods and keyboards on the screen.
  if (key === 'Dead' || key === 'Process' || key === 'Unidentified') return true;
  if (key.length > 1) return false;
  // AltGr is Ctrl and Alt in one; ⌥ writes signs.
  const isShortcut = (event.ctrlKey || event.metaKey) && !event.getModifierState('AltGraph');
  return !isShortcut || shortcuts.test(key);
}
