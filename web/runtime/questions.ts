import type { Answer, Question, ToWorker } from '../protocol/messages';

/** How long an answer may take: the first one imports what answers it. */
const patience = 10_000;

/** The page's questions to an idle Python, until their answers are here. */
export class Questions {
  private readonly waiting = new Map<number, (answer: Answer | null) => void>();
  private nextId = 1;

  /** Sends a question; resolves to its answer, or to null where none comes. Never rejects. */
  ask(question: Question, send: (message: ToWorker) => void): Promise<Answer | null> {
    const id = this.nextId++;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.settle(id, null), patience);
      this.waiting.set(id, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      send({ type: 'ask', id, question });
    });
  }

  /** An answer came. */
  settle(id: number, answer: Answer | null): void {
    this.waiting.get(id)?.(answer);
    this.waiting.delete(id);
  }

  /** The worker is gone, and with it all answers. */
  giveUp(): void {
    for (const id of [...this.waiting.keys()]) this.settle(id, null);
  }
}
