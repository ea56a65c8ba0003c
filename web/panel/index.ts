/** `unroll.js`: `<script type="module" src="…/unroll.js">` defines `<unroll-panel>`. */

import { UnrollPanel } from './unroll-panel';

if (!customElements.get('unroll-panel')) customElements.define('unroll-panel', UnrollPanel);

export type { CheckDetail } from './features/exercise';
export { type MountOptions, mount } from './mount';
export type { RunResult } from './run-controller';
export { UnrollPanel };

declare global {
  interface HTMLElementTagNameMap {
    'unroll-panel': UnrollPanel;
  }
}
