import type { OutputPart } from '../protocol/messages';

/** What `lesson.json` in a lesson's folder says. */
interface Lesson {
  title: string;
  /** The heading that it stands under. */
  group: string;
  /** Its place in the menu. */
  position: number;
  /** What it shows, in a line. */
  about: string;
  /** Files that its program opens. */
  files?: string[];
  /** Whether recorded.json holds what a run of it showed. */
  recorded?: boolean;
}

export interface Example extends Lesson {
  /** Its folder in lessons/, and its name in the address. */
  name: string;
  /** The file of its program. */
  program: 'main.py' | 'main.js';
}

/** Adding a folder to lessons/ is all that adding an example takes. */
const lessons = import.meta.glob<Lesson>('../lessons/*/lesson.json', { eager: true, import: 'default' });
const scripts = import.meta.glob('../lessons/*/main.js', { query: '?url', import: 'default' });

/** Every example, in the order of the menu. */
export const examples: Example[] = Object.entries(lessons)
  .map(([path, lesson]): Example => {
    const program = path.replace('lesson.json', 'main.js') in scripts ? 'main.js' : 'main.py';
    return { ...lesson, name: path.split('/').at(-2) ?? '', program };
  })
  .sort((a, b) => a.position - b.position);

/** The examples under their headings. */
export function grouped(): Map<string, Example[]> {
  const groups = new Map<string, Example[]>();
  for (const example of examples) groups.set(example.group, [...(groups.get(example.group) ?? []), example]);
  return groups;
}

/** What a run of an example showed, as tests/golden/record-lesson.mjs has written it. Nothing where it does not come. */
export async function recordedRun({ name, recorded }: Example): Promise<OutputPart[]> {
  if (!recorded) return [];
  const answer = await fetch(new URL(`lessons/${name}/recorded.json`, document.baseURI)).catch(() => null);
  return answer?.ok ? answer.json() : [];
}

/** The text of a file of an example. Rejects with a sentence where it does not come. */
export async function exampleFile(example: Example, file: string): Promise<string> {
  const answer = await fetch(new URL(`lessons/${example.name}/${file}`, document.baseURI)).catch(() => null);
  if (!answer?.ok)
    throw new Error(`lessons/${example.name}/${file} could not be loaded. Check the connection, then choose it again.`);
  return answer.text();
}
