/** The form of what a worker says: one that a program got hold of may say anything. */

import type { FromWorker, OutputPart } from './messages';

type Test = (value: unknown) => boolean;

const text: Test = (value) => typeof value === 'string';
const number: Test = (value) => typeof value === 'number';
const truth: Test = (value) => typeof value === 'boolean';
const bytes: Test = (value) => value instanceof Uint8Array;
const anything: Test = () => true;
const oneOf =
  (...words: unknown[]): Test =>
  (value) =>
    words.includes(value);
const either =
  (...tests: Test[]): Test =>
  (value) =>
    tests.some((test) => test(value));
const list =
  (test: Test): Test =>
  (value) =>
    Array.isArray(value) && value.every(test);
const tuple =
  (...tests: Test[]): Test =>
  (value) =>
    Array.isArray(value) && value.length === tests.length && tests.every((test, i) => test(value[i]));
const shape =
  (fields: Record<string, Test>): Test =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(fields).every(([name, test]) => test((value as Record<string, unknown>)[name]));
const orNull = (test: Test) => either(oneOf(null), test);
const optional = (test: Test) => either(oneOf(undefined), test);

const file = tuple(text, either(bytes, text));
const values = list(either(number, text, oneOf(null)));
const coordinate = orNull(number);
const written = { text };
const parts: Record<OutputPart['kind'], Record<string, Test>> = {
  stdout: written,
  stderr: written,
  input: written,
  note: written,
  figure: {
    id: orNull(text),
    svg: text,
    title: text,
    data: optional(list(shape({ name: text, x: values, y: values }))),
  },
  points: { points: list(tuple(text, coordinate, coordinate)) },
  gap: { stdout: number, stderr: number, figures: number, points: number },
};

/** One of several objects, which a field tells apart by a word. */
const kindOf =
  (field: string, kinds: Record<string, Record<string, Test>>): Test =>
  (value) => {
    const word = (value as Record<string, unknown> | null)?.[field];
    return typeof word === 'string' && Object.hasOwn(kinds, word) && shape(kinds[word])(value);
  };

const place = shape({
  file: text,
  line: number,
  column: orNull(number),
  endLine: orNull(number),
  endColumn: orNull(number),
});
const error = shape({
  type: text,
  message: text,
  line: orNull(number),
  place: optional(orNull(place)),
  traceback: text,
  hint: optional(text),
});
const outcome = shape({
  status: oneOf('ok', 'error', 'stopped'),
  check: optional(shape({ status: oneOf('passed', 'failed', 'error'), message: text, traceback: text })),
  error: orNull(error),
  seconds: number,
  changed: list(file),
  removed: list(text),
});
const keepsake = shape({ snapshot: orNull(bytes), files: (value) => value instanceof Map, version: orNull(text) });
const packageReport = shape({
  from: text,
  loaded: list(shape({ name: text, version: text })),
  missing: list(shape({ name: text, reason: text })),
});
const need = shape({ package: text, used: orNull(text), small: truth, optional: truth });

const messages: Record<FromWorker['type'], Record<string, Test>> = {
  progress: {
    progress: shape({
      stage: oneOf('download', 'python', 'torch', 'packages'),
      loaded: number,
      total: number,
      names: optional(list(text)),
    }),
  },
  ready: { keepsake: orNull(keepsake), packages: orNull(packageReport) },
  failed: { message: text },
  needs: { id: number, needs: list(need) },
  begun: { id: number },
  output: { id: number, parts: list(kindOf('kind', parts)), size: number },
  input: { id: number, prompt: text },
  spent: { id: number },
  done: { id: number, outcome },
  answer: { id: number, answer: orNull(shape({ json: anything, bytes: list(bytes) })) },
  crashed: { id: number, message: text },
};

/** Whether a message is one of those that workers send. */
export const isFromWorker = kindOf('type', messages) as (message: unknown) => message is FromWorker;
