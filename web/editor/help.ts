import { syntaxTree } from '@codemirror/language';
import { type EditorState, Facet } from '@codemirror/state';
import type { Answer, Question } from '../protocol/messages';
import type { Explanation } from './explanation';

/** Who knows about the programs in an editor: a Python that is up and idle. */
export interface Help {
  /** Null where there is no answer, which is no error. */
  ask(question: Question): Promise<Answer | null>;
  /** Texts of the Python files beside the one that is edited, by name. */
  modules(): Record<string, string>;
}

/** Whom the document asks, and whether it is the program itself, whose names the last run left. */
export const help = Facet.define<{ help: Help | undefined; main: boolean }, { help?: Help; main: boolean }>({
  combine: ([first]) => first ?? { main: false },
});

type Explain = (state: EditorState, position: number) => Promise<Explanation | null>;

/** What tells, in the document's language, what the name is that ends at a position. */
export const explainer = Facet.define<Explain, Explain | null>({ combine: ([first]) => first ?? null });

/** Asks about the program with the cursor at `position`, and `between` in place of what follows `from`; null where nobody answers. */
export async function askAt<T>(
  state: EditorState,
  kind: string,
  position: number,
  { from = position, between: [before, after] = ['', ''] } = {},
): Promise<T | null> {
  const { help: who, main } = state.facet(help);
  if (!who) return null;
  const text = { before: state.doc.sliceString(0, from) + before, after: after + state.doc.sliceString(position) };
  const answer = await who.ask({ kind, ...text, main, files: who.modules() });
  return (answer?.json as T | null | undefined) ?? null;
}

/** Whether a position is inside of a comment, or of a string and not of a field in it. */
export function inText(state: EditorState, position: number): boolean {
  let node: ReturnType<ReturnType<typeof syntaxTree>['resolveInner']> | null = syntaxTree(state).resolveInner(
    position,
    -1,
  );
  for (; node; node = node.parent) {
    if (node.name === 'FormatReplacement' || node.name === 'Interpolation') return false;
    if (/Comment|String/.test(node.name)) {
      // Just behind a string is outside of it; behind a comment is not.
      return /Comment/.test(node.name) || position < node.to || !closed(state, node.from, node.to);
    }
  }
  return false;
}

/** Whether a string ends with the mark that it began with. */
function closed(state: EditorState, from: number, to: number): boolean {
  const text = state.doc.sliceString(from, to);
  const mark = /^\w*("""|'''|["'`])/.exec(text)?.[1] ?? '"';
  return text.length >= 2 * mark.length && text.endsWith(mark);
}
