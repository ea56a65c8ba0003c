import { html, nothing } from 'lit';
import { icons } from '../../ui/icons';
import type { Feature } from '../feature';
import type { PanelHost } from '../host';

/** What there is to say of code that came in a link: in a frame a quiet line, since the page around has chosen the program. */
export class StrangerMark implements Feature {
  constructor(private readonly panel: PanelHost) {}

  notice(): unknown {
    if (!this.panel.fromLink) return nothing;
    if (window.parent !== window)
      return html`<p class="quiet" part="notice" role="note">This program runs apart from the page: it cannot read or change anything there.</p>`;
    return html`
      <div class="notice stranger" part="notice" role="note">
        ${icons.hint}
        <p>
          <b>This code came in a link.</b> Anybody can make such a link, so read the code before you run it. It runs apart
          from this site: it cannot see or change what the site keeps for you here.
        </p>
      </div>
    `;
  }
}
