import { css } from 'lit';

/** A panel on paper: black on white, no controls, nothing cut. */
export const paperStyles = css`
  .paper {
    display: none;
  }
  @media print {
    :host {
      display: block !important;
      height: auto !important;
      min-height: 0 !important;
      container-type: normal;
      color-scheme: only light !important;
    }
    :host > :not(.paper) {
      display: none !important;
    }
    .paper {
      display: block;
      color: #000;
      font: 10pt/1.45 var(--_sans);
      print-color-adjust: exact;
      direction: ltr;
    }
    .paper-title {
      margin: 0 0 6pt;
      color: #000;
      font: 600 12pt/1.4 var(--_sans);
      letter-spacing: 0;
      break-after: avoid;
    }
    .paper-code,
    .paper-output {
      margin: 0;
      padding: 6pt 0;
      font: 9pt/1.4 var(--_mono);
      white-space: pre-wrap;
      overflow-wrap: anywhere;
      border-top: 1pt solid #999;
      tab-size: 4;
    }
    .paper-code {
      counter-reset: line;
    }
    /* The rest of a long line stands below its text, not below its number. */
    .paper-line {
      display: block;
      padding-left: 5ch;
      font: inherit;
      counter-increment: line;
    }
    .paper-line::before {
      display: inline-block;
      width: 3ch;
      margin-inline: -5ch 2ch;
      color: #555;
      text-align: right;
      content: counter(line);
    }
    .paper-output .frame {
      white-space: break-spaces;
      line-break: anywhere;
    }
    .paper-output > :is(svg, .picture, .error-hint) {
      display: block;
      max-width: 100%;
      margin: 6pt 0;
      break-inside: avoid;
    }
    .paper-output > svg {
      height: auto;
    }
  }
`;
