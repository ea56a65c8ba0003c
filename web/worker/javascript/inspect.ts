// What the page asks about the last program; the kinds and the answers are those of unroll/assist.py.
import * as torch from '../../../wasm-bindings/js/torch/torch';
import type { Answer, Question } from '../../protocol/messages';
import { show } from './format';
import { lookUp, type Names } from './names';
import { isThere, tensor, tensors } from './tensor-views';

const answers: Record<string, (question: Question, names: Names) => Answer | null> = {
  memory: () => ({ json: { engine: torch.memory().bytes, python: 0 }, bytes: [] }),
  value: ({ before, main }, names) => ({ json: main ? lastRun(names, String(before)) : null, bytes: [] }),
  tensors: (_, names) => tensors(names),
  tensor: ({ name, at }, names) => tensor(names, name, at),
  weights: ({ name, format }, names) => {
    const found = modulesIn(names);
    if (typeof name !== 'string') return { json: found.map(({ module, ...model }) => model), bytes: [] };
    const state = found.find((model) => model.name === name)?.module.stateDict() ?? {};
    return { json: null, bytes: [torch.save(state, { format: format === 'pt' ? 'pt' : 'safetensors' })] };
  },
};

/** What the name that a text ends with was in the last run, in a few words; null for functions and unknown names. */
function lastRun(names: Names, before: string): string | null {
  const [name] = /[\p{L}\d$_]*$/u.exec(before) ?? [''];
  const value = Object.hasOwn(names, name) ? lookUp(names, name) : undefined;
  if (value === undefined) return null;
  if (value instanceof torch.Tensor)
    return isThere(value) ? `Tensor ${value.dtype.name} [${value.shape.join(', ')}]` : 'a tensor that was freed';
  if (value instanceof torch.nn.Module) return value.constructor.name;
  if (typeof value === 'function') return null;
  const text = show(value);
  if (text.length < 60 && !text.includes('\n')) return text;
  const type = Object(value).constructor?.name ?? 'Object';
  const { length, size = length } = value as { length?: number; size?: number };
  return typeof size === 'number' ? `${type} of length ${size}` : type;
}

/** Modules with parameters, the largest first. */
function modulesIn(names: Names) {
  const found = Object.keys(names).flatMap((name) => {
    const module = lookUp(names, name);
    if (!(module instanceof torch.nn.Module)) return [];
    const count = [...module.parameters()].reduce((sum, parameter) => sum + parameter.numel(), 0);
    return count > 0 ? [{ name, type: module.constructor.name, count, module }] : [];
  });
  return found.sort((a, b) => b.count - a.count);
}

/** Answers a question of the page about a program's names; null where there is no answer. */
export function answerFor(question: Question, names: Names): Answer | null {
  try {
    return answers[question.kind]?.(question, names) ?? null;
  } catch {
    return null;
  }
}
