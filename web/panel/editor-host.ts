import type { Editor, EditorOptions } from '../editor/editor';
import { PlainEditor } from '../editor/plain-editor';

/** Puts an editor into a panel: the plain one at once, CodeMirror when the panel has been drawn. Without it the plain one stays. */
export function hostEditor(options: EditorOptions, use: (editor: Editor) => void): void {
  const plain = new PlainEditor(options);
  use(plain);
  void bringCodeMirror(plain, options, use);
}

async function bringCodeMirror(
  plain: PlainEditor,
  options: EditorOptions,
  use: (editor: Editor) => void,
): Promise<void> {
  await new Promise(requestAnimationFrame);
  try {
    const { CodeEditor } = await import('../editor/code-editor');
    await plain.settled();
    use(plain.giveWay((doc, name) => new CodeEditor({ ...options, name, doc })));
  } catch {}
}
