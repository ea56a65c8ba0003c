import '../panel/index';
import type { FileContent } from '../panel/panel-files';
import { type Example, exampleFile, examples, grouped } from './examples';

/** What the reader left of an example when they went to another one. */
interface Draft {
  code: string;
  edited: string;
}

const panel = document.querySelector('unroll-panel') as HTMLElementTagNameMap['unroll-panel'];
const menu = document.querySelector('#example') as HTMLSelectElement;
const drafts = new Map<Example, Draft>();
let shown: Example | undefined;

for (const [label, list] of grouped()) {
  const group = document.createElement('optgroup');
  group.label = label;
  group.append(...list.map(({ name, title }) => new Option(title, name)));
  menu.append(group);
}
menu.addEventListener('change', () => {
  location.hash = menu.value;
});
addEventListener('hashchange', () => void show());
void show();

/** Shows the example that the address names, the first without one. */
async function show(): Promise<void> {
  const example = examples.find(({ name }) => `#${name}` === location.hash) ?? examples[0];
  if (example === shown) return;
  const before = shown && drafts.get(shown);
  if (before) before.edited = panel.code;
  shown = example;
  menu.value = example.name;
  const code = drafts.get(example)?.code ?? (await exampleFile(example, example.program));
  const files = await Promise.all(
    (example.files ?? []).map(async (name) => [name, await exampleFile(example, name)] as const),
  );
  if (shown !== example) return;
  const draft = drafts.get(example) ?? { code, edited: code };
  drafts.set(example, draft);
  panel.reset();
  panel.files = Object.fromEntries(files) satisfies Record<string, FileContent>;
  panel.code = code;
  if (draft.edited !== code) panel.edit(draft.edited);
}
