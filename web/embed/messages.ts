/**
 * What embed.html and the page around its frame say to each other by postMessage.
 *
 * From here: `{source: 'unroll', version: 1, id, type, …}`, where `id` is the parameter `id` of the address. From there, heard from the
 * parent only: `{target: 'unroll', type: 'theme', theme: 'light' | 'dark' | 'auto'}`.
 */

export type Message =
  | { type: 'load' }
  /** The height that shows all of the panel, in CSS pixels. */
  | { type: 'resize'; height: number }
  /** Python is up. */
  | { type: 'ready' }
  /** The reader pressed Run: where the output stands in the frame, in CSS pixels; again when it grows, no longer the first. */
  | { type: 'show'; top: number; height: number; isFirst: boolean }
  /** `error` is the name of the exception, such as 'NameError'. */
  | { type: 'done'; status: 'ok' | 'error' | 'stopped'; error: string | null; seconds: number }
  | {
      type: 'check';
      passed: boolean;
      status: 'passed' | 'failed' | 'error';
      message: string;
      attempts: number;
      solutionShown: boolean;
    };

/** The way to the page around this one. `origin` is the only one that is to hear it; '*' for any. */
export class Parent {
  constructor(
    private readonly id: string | null,
    private readonly origin: string,
  ) {}

  tell(message: Message): void {
    if (window.parent === window) return;
    try {
      window.parent.postMessage({ source: 'unroll', version: 1, id: this.id, ...message }, this.origin);
    } catch {
      console.warn(`embed.html: "${this.origin}" is no origin, such as https://lms.example.org.`);
    }
  }

  /** Calls `change` with the theme that the parent asks for. */
  onTheme(change: (theme: 'light' | 'dark' | 'auto') => void): void {
    addEventListener('message', ({ source, data }) => {
      if (source !== window.parent || data?.target !== 'unroll' || data.type !== 'theme') return;
      if (['light', 'dark', 'auto'].includes(data.theme)) change(data.theme);
    });
  }
}
