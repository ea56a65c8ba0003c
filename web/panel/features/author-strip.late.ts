import { css, html, nothing, type TemplateResult } from 'lit';
import { siteUrl } from '../../runtime/make-worker';
import { addStyles } from '../../ui/add-styles';
import { isAuthorHere } from '../author-notes';
import { whenParsed } from '../author-parts';
import type { Feature } from '../feature';
import type { PanelHost } from '../host';
import { programTooMany, swallowedCode, swallowedOutput, unknownAttributes, violation } from './author-mistakes.late';
import { nearest } from './nearest.late';

const look = css`
  .for-author {
    padding-block: 8px;
    padding-inline: var(--_inset);
    font-size: 13px;
    line-height: 1.45;
    background: light-dark(#fff6d6, #3a3110);
    border-bottom: 1px solid var(--_border);
    overflow-wrap: anywhere;
  }
  .for-author :is(p, ul) {
    margin: 0;
  }
  .for-author ul {
    padding-inline-start: 18px;
  }
`;

/** Looks for the author's mistakes and shows them in a strip. Readers see only that a program is not whole, and whose fault it is. */
export class AuthorStrip implements Feature {
  /** Whether the page has lost a part of the program. */
  private hasLost = false;

  constructor(private readonly panel: PanelHost) {}

  connected(): void {
    for (const note of unknownAttributes(this.panel)) this.panel.notes.tell(note);
    document.addEventListener('securitypolicyviolation', this.onViolation);
  }

  disconnected(): void {
    document.removeEventListener('securitypolicyviolation', this.onViolation);
  }

  ready(): void {
    const { panel } = this;
    addStyles(panel, look);
    whenParsed(() => {
      const lost = swallowedCode(panel);
      this.hasLost = lost !== null;
      for (const words of [lost, swallowedOutput(panel), programTooMany(panel)]) if (words) panel.notes.tell({ words });
    });
  }

  banner(): unknown {
    const lost = html`<p class="notice" part="notice">A part of this program is missing: this page has lost it. The page is at fault, not you.</p>`;
    const { list } = this.panel.notes;
    return [this.hasLost ? lost : nothing, list.length > 0 && isAuthorHere() ? this.strip() : nothing];
  }

  private strip(): TemplateResult {
    const notes = this.panel.notes.list.map(({ words, written = '', known = [] }) => {
      const meant = nearest(written, known);
      return html`<li>${words}${meant ? ` Did you mean "${meant}"?` : ''}</li>`;
    });
    return html`
      <div class="for-author" part="notice" role="note" aria-label="For the author of this page">
        <p><b>For the author</b> (readers do not see this)</p>
        <ul>${notes}</ul>
      </div>
    `;
  }

  private readonly onViolation = (event: SecurityPolicyViolationEvent): void => {
    const words = violation(event, siteUrl());
    if (words) this.panel.notes.tell({ words });
  };
}
