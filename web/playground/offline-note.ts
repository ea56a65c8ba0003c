import { html, nothing, type TemplateResult } from 'lit';
import type { Offline, OfflineState } from '../offline/offline';

/** What the status line says of use without a network. */
export function offlineNote(offline: Offline): TemplateResult | typeof nothing {
  const button = (label: string, press: () => unknown) =>
    html`<button type="button" @click=${() => void press()}>${label}</button>`;
  if (offline.isUpdated)
    return html`<li role="status">A new version is available ${button('Reload', () => offline.reload())}</li>`;
  const words: Record<OfflineState, TemplateResult | typeof nothing> = {
    impossible: nothing,
    off: html`<li>${button('Make available offline', () => offline.save())}</li>`,
    saving: html`<li>Saving for offline use…</li>`,
    ready: html`<li class="ready">Works offline</li>`,
    failed: html`<li>Could not be saved for offline use ${button('Try again', () => offline.save())}</li>`,
  };
  return words[offline.state];
}
