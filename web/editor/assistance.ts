import {
  CompletionContext,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionStatus,
  startCompletion,
} from '@codemirror/autocomplete';
import type { EditorState, Extension } from '@codemirror/state';
import { type EditorView, keymap } from '@codemirror/view';
import { asksForNames, completion, pythonNames } from './completion';
import type { EditorOptions } from './editor';
import type { Explanation } from './explanation';
import { askAt, explainer, help } from './help';
import { closeHover, hover } from './hover';
import { isPython } from './languages';
import { closeSignature, signatureHelp } from './signature-help';
import { syntaxCheck } from './syntax-check';

/** What helps while one writes: lists of names, parameters, explanations, brackets that close. Loaded when the editor is entered. */
export function assistance(name: string, options: EditorOptions): Extension {
  const asks = help.of({ help: options.help, main: name === options.name });
  return [closeBrackets(), keymap.of(closeBracketsKeymap), asks, hover, isPython(name) ? pythonHelp : []];
}

/** For other languages it comes with the language. */
const pythonHelp: Extension = [
  explainer.of((state, position) => askAt<Explanation>(state, 'hover', position)),
  completion(pythonNames),
  signatureHelp,
  syntaxCheck,
];

/** Offers names where one is begun, or wherever the cursor is: what the reader did may have come before the help. */
export function offerNames(view: EditorView, isAsked: boolean): void {
  const { state } = view;
  if (asksForNames(new CompletionContext(state, state.selection.main.head, isAsked))) startCompletion(view);
}

/** Whether Escape closes a list first. */
export const isListOpen = (state: EditorState): boolean => completionStatus(state) === 'active';

/** Closes lists and notes: before another document is shown, and when the program runs. */
export function closeNotes(view: EditorView): void {
  closeCompletion(view);
  view.dispatch({ effects: [closeSignature, ...closeHover] });
}
