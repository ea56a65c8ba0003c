import { type Extension, RangeSet, StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, GutterMarker, gutterLineClass } from '@codemirror/view';

const setPosition = StateEffect.define<number | null>({
  map: (position, changes) => (position === null ? null : changes.mapPos(position)),
});

/** Start of the marked line, null without a mark. Stays with its line while the text around it changes. */
const position = StateField.define<number | null>({
  create: () => null,
  update(value, transaction) {
    let next = value === null ? null : transaction.changes.mapPos(value);
    for (const effect of transaction.effects) if (effect.is(setPosition)) next = effect.value;
    return next;
  },
  provide: (field) => [
    EditorView.decorations.compute([field], (state) => {
      const at = state.field(field);
      return at === null ? Decoration.none : Decoration.set(lineMark.range(state.doc.lineAt(at).from));
    }),
    gutterLineClass.compute([field], (state) => {
      const at = state.field(field);
      return at === null ? RangeSet.empty : RangeSet.of(gutterMark.range(state.doc.lineAt(at).from));
    }),
  ],
});

const lineMark = Decoration.line({ class: 'cm-errorLine' });

const gutterMark = new (class extends GutterMarker {
  elementClass = 'cm-errorGutter';
})();

/** Marks one line as the one where the program failed. */
export const errorLine: Extension = position;

/** Marks line `line` (1-based) and scrolls to it; null takes the mark away. A line past the end marks the last one. */
export function markLine(view: EditorView, line: number | null): void {
  if (line === null) {
    if (view.state.field(position) !== null) view.dispatch({ effects: setPosition.of(null) });
    return;
  }
  const { from } = view.state.doc.line(Math.max(1, Math.min(line, view.state.doc.lines)));
  view.dispatch({ effects: [setPosition.of(from), EditorView.scrollIntoView(from, { y: 'center' })] });
}
