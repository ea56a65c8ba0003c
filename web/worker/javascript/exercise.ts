// Hidden code around a learner's program: what comes before it runs as a module, what comes after it sees its names.
import type { Verdict } from '../../protocol/messages';
import { outline } from './syntax';

const words =
  "The hidden code that prepares this exercise failed. That is not your program's fault: please tell the author of this page.";

/** The setup broke. */
export class SetupFailed extends Error {
  override name = 'SetupError';

  constructor(cause: unknown) {
    super(`${words} (${cause})`);
  }
}

class CheckFailed extends Error {
  override name = 'CheckFailed';
}

const key = 'unroll.exercise';

/** An exercise: `code` goes behind the program, `verdict()` says what it found. */
export function exercise(check: string, { source, printed }: { source: string; printed: () => string }) {
  const broken = (message: string): Verdict => ({ status: 'error', message, traceback: `${message}\n` });
  const { line } = outline(check);
  if (line !== null) return { code: '', verdict: () => broken(`SyntaxError in line ${line} of the check`) };
  let verdict = broken('The check did not run to its end.');
  let praise = '';
  const fail = (message = 'Not right yet.'): never => {
    throw new CheckFailed(message);
  };
  const atHand: PropertyDescriptorMap = {
    source: { value: source },
    output: { get: printed },
    check: { value: (condition: unknown, message?: string) => condition || fail(message) },
    assert: { value: (condition: unknown, message?: string) => condition || fail(message) },
    failed: { value: fail },
    passed: {
      value: (message: string) => {
        praise = String(message);
      },
    },
    [Symbol.for(key)]: {
      value: (error?: unknown) => {
        if (error === undefined) verdict = { status: 'passed', message: praise, traceback: '' };
        else if (error instanceof CheckFailed) verdict = { status: 'failed', message: error.message, traceback: '' };
        else verdict = broken(String(error));
      },
    },
  };
  // Global names: those of the program win.
  for (const name of Reflect.ownKeys(atHand))
    Object.defineProperty(self, name, { ...atHand[name as string], configurable: true });
  const code = `
try{await(async()=>{
${check}
})();globalThis[Symbol.for('${key}')]()}catch(error){globalThis[Symbol.for('${key}')](error)}`;
  const remove = () => Reflect.ownKeys(atHand).forEach((name) => void Reflect.deleteProperty(self, name));
  return {
    code,
    verdict: () => {
      remove();
      return verdict;
    },
  };
}
