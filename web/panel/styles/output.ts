import { css } from 'lit';

/** OUTPUT: its heading, the status, what a program writes, and the start's progress. */
export const output = css`
  .result {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-height: 0;
    background: var(--_output);
    border-top: 1px solid var(--_border);
  }
  .result-bar {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    min-height: 40px;
    padding: 8px var(--_inset) 2px;
  }
  h2 {
    margin: 0;
    color: var(--_muted);
    font: 600 12px/1.6 var(--_sans);
    letter-spacing: 0.09em;
  }
  .status {
    margin: 0;
    overflow: hidden;
    color: var(--_muted);
    font-size: 13px;
    font-variant-numeric: tabular-nums;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .status.failed {
    color: var(--_error);
  }
  .status::before {
    content: '';
    display: none;
    width: 8px;
    height: 8px;
    margin-inline-end: 7px;
    background: var(--_accent);
    border-radius: 50%;
  }
  /* WebKit keeps a ::before that is made for an animation when its rule no longer holds, so this one is always there. */
  .status.running::before {
    display: inline-block;
    animation: breathe 1.4s ease-in-out infinite;
  }
  @keyframes breathe {
    50% {
      opacity: 0.25;
    }
  }
  /* What stands there before the first run lies over the output. */
  .output-area {
    display: grid;
    flex: 1;
    grid-template: 'all' minmax(0, 1fr) / minmax(0, 1fr);
    min-height: 0;
  }
  .output-area > * {
    grid-area: all;
  }
  .output {
    min-height: 44px;
    max-height: var(--unroll-output-height, 340px);
    padding: 4px var(--_inset) 16px;
    overflow: auto;
    overflow-anchor: none;
    font: var(--_code-size) / 1.55 var(--_mono);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    tab-size: 8;
  }
  .placeholder {
    align-self: start;
    margin: 4px var(--_inset) 8px;
    color: var(--_muted);
    font: var(--_code-size) / 1.55 var(--_mono);
  }
  .placeholder p {
    margin: 0 0 6px;
  }
  .loading-detail {
    font-variant-numeric: tabular-nums;
  }
  progress {
    display: block;
    width: min(320px, 100%);
    height: 6px;
    overflow: hidden;
    appearance: none;
    background: var(--_border);
    border: 0;
    border-radius: 3px;
  }
  progress::-webkit-progress-bar {
    background: transparent;
  }
  progress::-webkit-progress-value {
    background: var(--_accent);
    border-radius: 3px;
    transition: inline-size 200ms;
  }
  progress::-moz-progress-bar {
    background: var(--_accent);
    border-radius: 3px;
  }
`;
