/** A modal dialogue of the page. The focus goes back to where it was, also into a panel; it goes with its closing. */
export function openDialog(className: string, label: string): HTMLDialogElement {
  const before = deepFocus();
  const dialog = document.createElement('dialog');
  dialog.className = className;
  dialog.setAttribute('aria-label', label);
  dialog.addEventListener('close', () => {
    dialog.remove();
    before?.focus();
  });
  // Its content covers it, so what meets the dialogue itself is the page behind it.
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  return dialog;
}

/** The element with the focus, also inside of panels. */
function deepFocus(): HTMLElement | null {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused instanceof HTMLElement && focused !== document.body ? focused : null;
}
