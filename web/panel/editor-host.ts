import type { Editor, EditorOptions } from '../editor/editor';
import { PlainEditor } from '../editor/plain-editor';

/** Puts an editor into a panel: the plain one at once, CodeMirror when the panel has been drawn. Without it the plain one stays. */
export function hostEditor(options: EditorOptions, use: (editor: Editor) => void): void {
  const plain = new PlainEditor(options);
  use(plain);
  void bringCodeMirror(plain, options, use);
}

/** The editors of a page come one after the other, so that it answers the reader in between. */
let last: Promise<unknown> = Promise.resolve();

function turn(): Promise<unknown> {
  last = last.then(() => new Promise((resolve) => setTimeout(resolve)));
  return last;
}

async function bringCodeMirror(
  plain: PlainEditor,
  options: EditorOptions,
  use: (editor: Editor) => void,
): Promise<void> {
  await new Promise(requestAnimationFrame);
  try {
    const { CodeEditor } = await import('../editor/code-editor');
    await turn();
    await plain.settled();
    use(plain.giveWay((doc, name) => new CodeEditor({ ...options, name, doc })));
  } catch {}
}
