import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const lessons = join(dirname(fileURLToPath(import.meta.url)), 'lessons');

/** A lesson as its lesson.json describes it. */
export interface LessonEntry {
  /** Its folder in lessons/. */
  name: string;
  title: string;
  group: string;
  position: number;
  about: string;
}

/** Every lesson, in the order of the menu. */
export function readLessons(): LessonEntry[] {
  return readdirSync(lessons)
    .map((name) => ({ name, ...JSON.parse(readFileSync(join(lessons, name, 'lesson.json'), 'utf8')) }))
    .sort((a, b) => a.position - b.position);
}

/** Puts what is in the lessons' folders into the site as it is, so that any page can name it as a panel's `src`. */
export function lessonFiles(): Plugin {
  return {
    name: 'unroll-lesson-files',
    generateBundle() {
      for (const name of readdirSync(lessons, { recursive: true, encoding: 'utf8' })) {
        const path = join(lessons, name);
        if (!statSync(path).isFile() || name.endsWith('lesson.json')) continue;
        this.emitFile({ type: 'asset', fileName: `lessons/${name}`, source: readFileSync(path) });
      }
    },
  };
}
