import {
  acceptCompletion,
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  closeCompletion,
  completeAnyWord,
  completionKeymap,
  selectedCompletion,
} from '@codemirror/autocomplete';
import { type Extension, Prec } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { type Explanation, explanation } from './explanation';
import { askAt, inText } from './help';

/** What unroll/editor/complete.py offers. */
interface Offer {
  /** The part that is typed already. */
  word: string;
  options: Completion[];
}

/** Names of Python: from the real one where it is up and idle, else keywords, builtins and what stands in the text. */
export async function pythonNames(context: CompletionContext): Promise<CompletionResult | null> {
  const { state, pos } = context;
  if (inText(state, pos) || !asksForNames(context)) return null;
  const offer = await askAt<Offer>(state, 'complete', pos);
  if (context.aborted) return null;
  if (!offer) return textNames(context);
  const from = pos - offer.word.length;
  const options = offer.options.map((option) => ({ ...option, info: () => describe(context, from, option.label) }));
  return { from, options, validFor: /^\w*$/ };
}

/** Whether what stands before the cursor is the beginning of a name, and no number. */
export function asksForNames(context: CompletionContext): boolean {
  return context.explicit || context.matchBefore(/(?<![\w.])[^\W\d]\w*$|(?<!\b[\d.]+)\.\w*$/) !== null;
}

/** Not lang-python's lists: they would bring all of the completion with the language, before it is needed. */
const keywords =
  'False None True and as assert async await break class continue def del elif else except finally for from global if ' +
  'import in is lambda nonlocal not or pass raise return try while with yield';
const builtins =
  'abs all any bool dict dir enumerate filter float getattr hasattr input int isinstance len list map max min next ' +
  'open print range repr reversed round set sorted str sum super tuple type zip';
const known: Completion[] = [
  ...keywords.split(' ').map((label) => ({ label, type: 'keyword' })),
  ...builtins.split(' ').map((label) => ({ label, type: 'function' })),
];

async function textNames(context: CompletionContext): Promise<CompletionResult | null> {
  // A name behind a dot is not in the text.
  if (context.matchBefore(/\.\s*\w*$/)) return null;
  const words = await completeAnyWord(context);
  const labels = new Set(known.map(({ label }) => label));
  const own = (words?.options ?? []).filter(({ label }) => !labels.has(label) && !/^\d/.test(label));
  const from = words?.from ?? context.matchBefore(/\w*$/)?.from ?? context.pos;
  const options = [...own.map(({ label }) => ({ label, type: 'variable', boost: 3 })), ...known];
  return { from, options, validFor: /^\w*$/ };
}

/** The panel beside the list: what the selected name is. */
async function describe({ state, pos }: CompletionContext, from: number, label: string): Promise<Node | null> {
  const between: [string, string] = label.endsWith('=') ? [label.slice(0, -1), '='] : [label, ''];
  const found = await askAt<Explanation>(state, 'hover', pos, { from, between });
  return found && explanation(found);
}

/** Enter ends the line where the whole name is typed already: there is nothing to accept. */
function enter(view: EditorView): boolean {
  const chosen = selectedCompletion(view.state);
  const { head } = view.state.selection.main;
  const length = chosen?.label.length ?? 0;
  if (chosen && view.state.doc.sliceString(head - length, head) === chosen.label) closeCompletion(view);
  return false;
}

/** Whatever scrolls can be reached by keyboard. */
const reachable = EditorView.updateListener.of(({ view }) => {
  const list = view.dom.getRootNode() as ShadowRoot;
  list.querySelector('.cm-tooltip-autocomplete > ul')?.setAttribute('tabindex', '0');
});

/** The list of names that opens while one types, and with Control-Space. */
export function completion(source: (context: CompletionContext) => Promise<CompletionResult | null>): Extension {
  return [
    autocompletion({ override: [source], defaultKeymap: false, icons: true, maxRenderedOptions: 60 }),
    reachable,
    Prec.highest(keymap.of([{ key: 'Enter', run: enter }, ...completionKeymap, { key: 'Tab', run: acceptCompletion }])),
  ];
}
