import type { Feature } from '../feature';
import type { PanelHost } from '../host';

/** How far below the view a panel may be for its Python to be loaded. */
const near = '600px';

/** `loading` and `autorun`: when Python is loaded, and a program run, without a press on Run. */
export class Loading implements Feature {
  private observers: IntersectionObserver[] = [];
  private hasRun = false;

  constructor(private readonly panel: PanelHost) {}

  connected(): void {
    // A framework may set the properties after it has put the element in.
    queueMicrotask(() => {
      if (!this.panel.isConnected) return;
      if (this.panel.loading === 'eager') this.load();
      else if (this.panel.loading === 'lazy') this.when(near, () => whenIdle(() => this.load()));
      if (this.panel.autorun) this.when('0px', () => this.run());
    });
  }

  disconnected(): void {
    for (const observer of this.observers) observer.disconnect();
    this.observers = [];
  }

  /** The reader was quicker. */
  beforeRun(): void {
    this.hasRun = true;
  }

  private load(): void {
    // A run says what is wrong.
    if (this.panel.isConnected) this.panel.whenReady().catch(() => {});
  }

  private run(): void {
    if (this.panel.mayRunItself && !this.hasRun && !this.panel.isBusy) void this.panel.run();
  }

  private when(rootMargin: string, call: () => void): void {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        call();
      },
      { rootMargin },
    );
    observer.observe(this.panel);
    this.observers.push(observer);
  }
}

/** After what the page still has to do; at once where the browser cannot tell (Safari). A reader who saves data waits for Run. */
function whenIdle(call: () => void): void {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  if (connection?.saveData) return;
  if ('requestIdleCallback' in globalThis) requestIdleCallback(call, { timeout: 3000 });
  else setTimeout(call, 200);
}
