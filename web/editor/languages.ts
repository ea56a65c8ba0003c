import { pythonLanguage } from '@codemirror/lang-python';
import type { Extension } from '@codemirror/state';

/** What the ending of a file's name tells of its language. */
export const isPython = (name: string) => /\.pyi?$/i.test(name);
const isJavaScript = (name: string) => /\.[cm]?[jt]sx?$|\.json$/i.test(name);

/** The language of a file that needs no download; null where there is none. */
export function languageAtHand(name: string): Extension {
  return isPython(name) ? pythonLanguage : [];
}

/** The language of a file that is loaded first; null for one that is there already or has none. */
export async function languageToLoad(name: string): Promise<Extension | null> {
  if (!isJavaScript(name)) return null;
  const { javascript } = await import('./javascript');
  return javascript(name);
}
