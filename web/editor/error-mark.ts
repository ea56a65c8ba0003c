import { type EditorState, type Extension, RangeSet, StateEffect, StateField, type Text } from '@codemirror/state';
import { Decoration, EditorView, GutterMarker, gutterLineClass } from '@codemirror/view';
import type { Failure } from './editor';

interface Mark {
  /** Start of the line that is marked; null where only the expression is. */
  line: number | null;
  /** The wrong expression; empty where it is unknown. */
  from: number;
  to: number;
  message: string;
}

const setMark = StateEffect.define<Mark | null>();

/** What is marked as wrong. Stays with its text while the text around it changes. */
const mark = StateField.define<Mark | null>({
  create: () => null,
  update(value, { changes, effects }) {
    let next = value && {
      ...value,
      line: value.line === null ? null : changes.mapPos(value.line),
      from: changes.mapPos(value.from, 1),
      to: changes.mapPos(value.to, -1),
    };
    for (const effect of effects) if (effect.is(setMark)) next = effect.value;
    return next;
  },
  provide: (field) => [
    EditorView.decorations.compute([field], (state) => {
      const found = state.field(field);
      if (!found) return Decoration.none;
      const { line, from, to } = found;
      const ranges = from < to ? [squiggle.range(from, to)] : [];
      if (line !== null) ranges.push(lineMark.range(state.doc.lineAt(line).from));
      return Decoration.set(ranges, true);
    }),
    gutterLineClass.compute([field], (state) => {
      const line = state.field(field)?.line ?? null;
      return line === null ? RangeSet.empty : RangeSet.of(gutterMark.range(state.doc.lineAt(line).from));
    }),
  ],
});

const lineMark = Decoration.line({ class: 'cm-errorLine' });
const squiggle = Decoration.mark({ class: 'cm-squiggle' });

const gutterMark = new (class extends GutterMarker {
  elementClass = 'cm-errorGutter';
})();

/** Shows where the program failed, or where its syntax is wrong. */
export const errorMark: Extension = mark;

/** The effect that marks line and expression of a failed program. */
export function failureEffect(doc: Text, failure: Failure): StateEffect<unknown> {
  return setMark.of({ line: lineAt(doc, failure.line).from, ...span(doc, failure) });
}

/** The effect that takes a mark away. */
export const clearFailure: StateEffect<unknown> = setMark.of(null);

/** Whether a failed line is marked. */
export const hasFailure = (state: EditorState): boolean => (state.field(mark)?.line ?? null) !== null;

/** Marks a mistake in what is being typed, quietly: its expression only. A failed line stays marked. */
export function markSyntax(view: EditorView, failure: Failure | null): void {
  const now = view.state.field(mark);
  if (now?.line != null || (!now && !failure)) return;
  view.dispatch({ effects: setMark.of(failure && { line: null, ...span(view.state.doc, failure) }) });
}

/** What is marked at a position. */
export function failureAt(state: EditorState, position: number): { message: string } | null {
  const found = state.field(mark, false);
  if (!found?.message) return null;
  const onLine = found.from === found.to && found.line !== null && state.doc.lineAt(position).from === found.line;
  return onLine || (found.from < found.to && found.from <= position && position <= found.to) ? found : null;
}

/** A line of the text; one past the end is the last one. */
function lineAt(doc: Text, line: number) {
  return doc.line(Math.max(1, Math.min(line, doc.lines)));
}

/** The marked expression, on its first line only. */
function span(doc: Text, { line, column, endLine, endColumn, message }: Failure) {
  const first = lineAt(doc, line);
  if (column == null) return { from: first.from, to: first.from, message };
  const last = endColumn == null || (endLine ?? line) > line ? first.to : first.from + endColumn;
  const to = Math.min(Math.max(last, first.from + column + 1), first.to);
  // A mistake at the very end is shown under the last letter.
  const from = Math.max(first.from, Math.min(first.from + column, to - 1));
  return { from, to: Math.max(from, to), message };
}
