// What the page asks about the last program; the kinds and the answers are those of unroll/assist.py.
import * as torch from '../../../wasm-bindings/js/torch/torch';
import type { Answer, Question } from '../protocol';
import { lookUp, type Names } from './names';
import { tensor, tensors } from './tensor-views';

const answers: Record<string, (question: Question, names: Names) => Answer | null> = {
  memory: () => ({ json: { engine: torch.memory().bytes, python: 0 }, bytes: [] }),
  tensors: (_, names) => tensors(names),
  tensor: ({ name, at }, names) => tensor(names, name, at),
  weights: ({ name, format }, names) => {
    const found = modulesIn(names);
    if (typeof name !== 'string') return { json: found.map(({ module, ...model }) => model), bytes: [] };
    const state = found.find((model) => model.name === name)?.module.stateDict() ?? {};
    return { json: null, bytes: [torch.save(state, { format: format === 'pt' ? 'pt' : 'safetensors' })] };
  },
};

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
