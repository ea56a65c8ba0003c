import { css } from 'lit';

/** Colours and measures. Authors set the `--unroll-*` ones; `color-scheme` on the element forces light or dark. */
export const tokens = css`
  :host {
    --_surface: var(--unroll-surface, light-dark(#ffffff, #16191d));
    --_raised: var(--unroll-raised, light-dark(#f6f7f5, #1c2025));
    --_text: var(--unroll-text, light-dark(#1c2126, #e4e7ea));
    --_muted: var(--unroll-muted, light-dark(#59626c, #9ca6b0));
    --_faint: light-dark(#69727c, #808a95);
    --_border: var(--unroll-border, light-dark(#e2e5e3, #2b3138));
    --_border-strong: light-dark(#b9c0be, #47505a);
    --_accent: var(--unroll-accent, light-dark(#0c6f64, #4fd1b8));
    --_accent-hover: var(--unroll-accent-hover, light-dark(#095a51, #74dec9));
    --_on-accent: var(--unroll-on-accent, light-dark(#ffffff, #06231e));
    --_error: var(--unroll-error, light-dark(#b3261e, #ff9d92));
    --_error-soft: light-dark(#fdecea, #3a1f1f);
    --_line: light-dark(#f3f6f5, #1c2126);
    --_selection: light-dark(#cfe8e2, #23504a);
    --_output: var(--unroll-output, light-dark(#f9faf8, #111417));
    --_syntax-keyword: light-dark(#8a3a9c, #d7a1e8);
    --_syntax-string: light-dark(#2f6f2f, #a3d39c);
    --_syntax-number: light-dark(#9a5000, #e9b872);
    --_syntax-comment: light-dark(#68727c, #87919b);
    --_syntax-function: light-dark(#1d5fa8, #8abef5);
    --_syntax-class: light-dark(#7a5900, #ecd07f);
    --_syntax-self: light-dark(#7b4a2d, #dcb39a);
    --_radius: var(--unroll-radius, 14px);
    --_sans: var(--unroll-font, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif);
    --_mono: var(
      --unroll-code-font,
      ui-monospace,
      'SF Mono',
      'Cascadia Code',
      'JetBrains Mono',
      Menlo,
      Consolas,
      'DejaVu Sans Mono',
      monospace
    );
    --_code-size: var(--unroll-code-size, 14px);
    /* A low window keeps room for the header, the files and the first lines of the output. */
    --_editor-most: var(--unroll-editor-height, clamp(140px, 100svh - 340px, 460px));
  }
`;
