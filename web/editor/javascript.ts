import {
  javascriptLanguage,
  jsxLanguage,
  localCompletionSource,
  scopeCompletionSource,
  typescriptLanguage,
} from '@codemirror/lang-javascript';
import type { Extension } from '@codemirror/state';
import { completion } from './completion';
import { explainer } from './help';
import { explainJavascript, packageNames } from './javascript-names';

/** JavaScript with the names of its own text, of the language and of the package, and what these are. */
export function javascript(name: string): Extension {
  if (/\.json$/i.test(name)) return javascriptLanguage;
  const language = /\.[jt]sx$/i.test(name)
    ? jsxLanguage
    : /\.[cm]?ts$/i.test(name)
      ? typescriptLanguage
      : javascriptLanguage;
  const globals = scopeCompletionSource(globalThis);
  return [
    language,
    explainer.of(explainJavascript),
    completion(async (context) => {
      const known = await packageNames(context);
      if (known) return known;
      const local = localCompletionSource(context);
      return local?.options.length ? local : globals(context);
    }),
  ];
}
