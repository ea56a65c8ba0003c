/** Parts of a panel that an address carries in its hash, or that Embed… shows in its preview. */

import type { PartName } from '../panel/author-parts';
import type { PanelHost } from '../panel/host';
import type { HiddenPart } from '../share/link';

/** Gives a panel such parts. They become children: text in an attribute might be taken for an address. */
export function giveParts(panel: PanelHost, parts: (HiddenPart | ['output', string])[]): void {
  for (const [name, text] of parts) {
    if (name === 'stdin') panel.stdin = text;
    else panel.append(child(name, text));
  }
}

function child(name: PartName, text: string): HTMLElement {
  const element = document.createElement('pre');
  element.className = name;
  element.textContent = text;
  return element;
}
