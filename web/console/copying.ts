import { selectedRange } from './window';

/** Containers of which all is selected, also what is not on the page. */
const whole = new WeakSet<HTMLElement>();

/** Select all, with the focus in the output, means the output. */
export function selectsAll(event: KeyboardEvent, container: HTMLElement): void {
  const isField = (event.target as HTMLElement).matches?.('input');
  if (isField || event.altKey || !(event.ctrlKey || event.metaKey)) return;
  if (event.key.toLowerCase() !== 'a') return;
  event.preventDefault();
  const selection = document.getSelection();
  selection?.selectAllChildren(container);
  whole.add(container);
  const forget = () => whole.delete(container);
  for (const change of ['pointerdown', 'focusout'] as const) container.addEventListener(change, forget, { once: true });
}

/** What is copied is text as the program wrote it: no pictures' buttons, no line ends but its own. */
export function copyOf(event: ClipboardEvent, container: HTMLElement, allText: () => string): void {
  const text = whole.has(container) ? allText() : selectedText(container);
  if (!text || !event.clipboardData) return;
  event.clipboardData.setData('text/plain', text);
  event.preventDefault();
}

function selectedText(container: HTMLElement): string {
  const selected = selectedRange(container.getRootNode() as ShadowRoot);
  if (!selected || !container.contains(selected.startContainer) || !container.contains(selected.endContainer))
    return '';
  const range = document.createRange();
  range.setStart(selected.startContainer, selected.startOffset);
  range.setEnd(selected.endContainer, selected.endOffset);
  const copy = range.cloneContents();
  for (const tools of copy.querySelectorAll('.figure, button')) tools.remove();
  return copy.textContent ?? '';
}
