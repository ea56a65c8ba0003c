import { type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import type { Failure } from './editor';
import { markSyntax } from './error-mark';
import { askAt } from './help';

/** How long nobody has typed before the text is checked: half a word is no mistake. */
const pause = 600;

/** Marks what Python could not read, while one types. */
export const syntaxCheck = ViewPlugin.fromClass(
  class {
    private timer: ReturnType<typeof setTimeout> | undefined;

    update({ view, docChanged }: ViewUpdate): void {
      if (!docChanged) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void check(view), pause);
    }

    destroy(): void {
      clearTimeout(this.timer);
    }
  },
);

async function check(view: EditorView): Promise<void> {
  const { state } = view;
  const found = await askAt<{ failure: Failure | null }>(state, 'syntax', state.doc.length);
  if (!found || view.state.doc !== state.doc) return;
  const { failure } = found;
  // The line that is being typed is not done yet.
  const typing = failure && view.hasFocus && failure.line === state.doc.lineAt(state.selection.main.head).number;
  markSyntax(view, typing ? null : failure);
}
