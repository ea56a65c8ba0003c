/** What readers see of the lines for pages that take scripts: the element itself, which stands beside the lines. */

import type { PanelHost } from '../panel/host';
import { giveParts } from './parts';
import type { Piece } from './snippets';

/** A panel as the lines make it, which is changed with the options as long as the program and its parts are the same. */
export class Preview {
  panel: PanelHost | undefined;
  private made = '';

  constructor(private readonly source: PanelHost) {}

  show(piece: Piece): void {
    const made = JSON.stringify([piece.code, piece.parts, piece.output, piece.attributes.has('autorun')]);
    if (!this.panel || made !== this.made) this.panel = this.make(piece);
    this.made = made;
    setAttributes(this.panel, piece.attributes);
  }

  private make({ code, parts, output }: Piece): PanelHost {
    const panel = document.createElement('unroll-panel');
    panel.previewOf = this.source.previewOf ?? this.source;
    // A program that came in a link stays apart from the site, and waits for the reader.
    panel.isolated = this.source.isolated;
    panel.mayRunItself = this.source.mayRunItself;
    panel.code = code;
    void panel.updateComplete.then(() => keepEscape(panel.renderRoot));
    giveParts(panel, output ? [...parts, ['output', output]] : parts);
    return panel;
  }
}

/** In the preview Escape is the panel's own key: with Tab it leaves the editor. The dialogue would close by it. */
function keepEscape(root: PanelHost['renderRoot']): void {
  root.addEventListener('keydown', (event) => {
    const isDialogs = event.composedPath().some((one) => one instanceof HTMLDialogElement && root.contains(one));
    if ((event as KeyboardEvent).key === 'Escape' && !isDialogs) event.preventDefault();
  });
}

/** Gives a panel these attributes and no others, but for one that would keep what is tried here. */
function setAttributes(panel: PanelHost, attributes: Map<string, string>): void {
  for (const name of panel.getAttributeNames()) if (!attributes.has(name)) panel.removeAttribute(name);
  for (const [name, value] of attributes) if (name !== 'persist') panel.setAttribute(name, value);
}

const events = ['unroll-ready', 'unroll-output', 'unroll-figure', 'unroll-done', 'unroll-check'];

/** The page around hears nothing of what happens in an element: a preview's runs are not its reader's. */
export function keepEvents(element: HTMLElement): void {
  for (const name of events) element.addEventListener(name, (event) => event.stopPropagation());
}
