import '../panel/index';
import type { FileContent } from '../panel/panel-files';

interface Lesson {
  title: string;
  position: number;
  files?: string[];
}

interface Example extends Lesson {
  name: string;
  /** What the reader left when they went to another example. */
  draft?: { code: string; edited: string };
}

/** Adding a folder to lessons/ is all that adding an example takes. */
const lessons = import.meta.glob<Lesson>('../lessons/*/lesson.json', { eager: true, import: 'default' });
const examples: Example[] = Object.entries(lessons)
  .map(([path, lesson]) => ({ ...lesson, name: path.split('/').at(-2) ?? '' }))
  .sort((a, b) => a.position - b.position);

const panel = document.querySelector('unroll-panel') as HTMLElementTagNameMap['unroll-panel'];
const menu = document.querySelector('#example') as HTMLSelectElement;
let shown: Example | undefined;

menu.replaceChildren(...examples.map(({ name, title }) => new Option(title, name)));
menu.addEventListener('change', () => {
  location.hash = menu.value;
});
addEventListener('hashchange', () => void show());
void show();

/** Shows the example that the address names, the first without one. */
async function show(): Promise<void> {
  const example = examples.find(({ name }) => `#${name}` === location.hash) ?? examples[0];
  if (example === shown) return;
  if (shown?.draft) shown.draft.edited = panel.code;
  shown = example;
  menu.value = example.name;
  const code = example.draft?.code ?? (await text(example, 'main.py'));
  const files = await Promise.all(
    (example.files ?? []).map(async (name) => [name, await text(example, name)] as const),
  );
  if (shown !== example) return;
  example.draft ??= { code, edited: code };
  panel.reset();
  panel.files = Object.fromEntries(files) satisfies Record<string, FileContent>;
  panel.code = code;
  if (example.draft.edited !== code) panel.edit(example.draft.edited);
}

async function text(example: Example, file: string): Promise<string> {
  const answer = await fetch(new URL(`lessons/${example.name}/${file}`, document.baseURI));
  return answer.ok ? answer.text() : `# lessons/${example.name}/${file} could not be loaded\n`;
}
