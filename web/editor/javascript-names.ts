import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';
import { type Explanation, explanation } from './explanation';
import { askAt, inText } from './help';
import { meaningOf, ownerOf } from './javascript-scope';

/** A name, how it is called, and what it is. */
type Entry = [name: string, signature: string, text: string];

/**
 * Names by what stands before their dot: a namespace of the package, or the class of an object. Written by
 * wasm-bindings/generate/js-help.mjs; loaded with the first dot.
 */
const names = async () =>
  (await import('../../build/generated/js/help.json')).default as unknown as Record<string, Entry[]>;

/** Names of the package behind a dot; null elsewhere. */
export async function packageNames(context: CompletionContext): Promise<CompletionResult | null> {
  const { state, pos } = context;
  const typed = context.matchBefore(/\.\s*[\w$]*$/);
  if (!typed || inText(state, pos)) return null;
  const word = /[\w$]*$/.exec(typed.text)?.[0] ?? '';
  const owner = ownerOf(state.doc.sliceString(0, pos - word.length), String(state.doc)) ?? 'Tensor';
  const found = owner && (await names())[owner];
  if (!found || context.aborted) return null;
  return { from: pos - word.length, options: found.map(option), validFor: /^\w*$/ };
}

function option([label, signature, text]: Entry): Completion {
  const type = signature.startsWith('new ') ? 'class' : signature ? 'function' : 'property';
  return { label, type, info: () => explanation({ title: signature || label, doc: text, last: null }) };
}

/** What the name that ends at a position is; null where there is nothing to say. */
export async function explainJavascript(state: EditorState, position: number): Promise<Explanation | null> {
  const text = String(state.doc);
  const before = text.slice(0, position);
  const word = /[\w$]*$/.exec(before)?.[0] ?? '';
  const ahead = before.slice(0, position - word.length);
  if (/\.\s*$/.test(ahead) && !/\.\.\.$/.test(ahead)) return member(ownerOf(ahead, text), word);
  const meaning = meaningOf(word, text) ?? '';
  const last = isInFunction(state, position) ? null : await askAt<string>(state, 'value', position);
  const end = meaning.lastIndexOf('.');
  const known = end > 0 ? await member(meaning.slice(0, end), meaning.slice(end + 1)) : null;
  if (known) return known;
  return last === null ? null : { title: word, doc: '', last };
}

/** Names in a function are its own. */
function isInFunction(state: EditorState, position: number): boolean {
  let node: ReturnType<ReturnType<typeof syntaxTree>['resolveInner']> | null = syntaxTree(state).resolveInner(
    position,
    -1,
  );
  while (node && !/^(Function|Method|Arrow)/.test(node.name)) node = node.parent;
  return node !== null;
}

/** What is behind the dot of `owner`; where that is unknown, what it is most likely. */
async function member(owner: string | null, word: string): Promise<Explanation | null> {
  const all = await names();
  for (const place of owner === null ? ['Tensor', 'Module', 'Optimizer'] : [owner]) {
    const [, signature, text] = all[place]?.find(([name]) => name === word) ?? [];
    if (signature || text) return { title: signature || word, doc: text ?? '', last: null };
  }
  return null;
}
