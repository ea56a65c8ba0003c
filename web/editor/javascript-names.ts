import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { explanation } from './explanation';
import { inText } from './help';

/** A name, how it is called, and what it is. */
type Entry = [name: string, signature: string, text: string];
type Place = 'torch' | 'nn' | 'functional' | 'optim' | 'tensor';

/** Written by wasm-bindings/generate/js-help.mjs; loaded with the first dot. */
const names = async () =>
  (await import('../../build/generated/js/help.json')).default as unknown as Record<Place, Entry[]>;

const places: Record<string, Place> = {
  torch: 'torch',
  nn: 'nn',
  F: 'functional',
  functional: 'functional',
  optim: 'optim',
};

/** Names of the language that stand behind a dot too often to offer those of tensors there. */
const others = /^(console|Math|JSON|Object|Array|Number|String|Promise|unroll|this|performance|Date)$/;

/** Names of the package behind a dot; null elsewhere. */
export async function packageNames(context: CompletionContext): Promise<CompletionResult | null> {
  const typed = context.matchBefore(/([\w$]+|[)\]])\.\w*$/);
  if (!typed || inText(context.state, context.pos)) return null;
  const [, owner, word] = /([\w$]+|[)\]])\.(\w*)$/.exec(typed.text) as RegExpExecArray;
  if (others.test(owner) || /^\d/.test(owner)) return null;
  const place = Object.hasOwn(places, owner) ? places[owner] : 'tensor';
  const options = (await names())[place].map(option);
  return context.aborted ? null : { from: context.pos - word.length, options, validFor: /^\w*$/ };
}

function option([label, signature, text]: Entry): Completion {
  const type = signature.startsWith('new ') ? 'class' : signature ? 'function' : 'property';
  return { label, type, info: () => explanation({ title: signature || label, doc: text, last: null }) };
}
