/** Whether the playground works without a network. */
export type OfflineState = 'impossible' | 'off' | 'saving' | 'ready' | 'failed';

const folder = () => new URL('./', document.baseURI).href;

/** Keeps the playground for use without a network, by the service worker `offline.js`, and hears of new versions. */
export class Offline {
  state: OfflineState = navigator.serviceWorker ? 'off' : 'impossible';
  /** Whether a new version is here and waits for a reload. */
  isUpdated = false;
  private registration: ServiceWorkerRegistration | undefined;

  constructor(private readonly onChange: () => void) {
    if (this.state !== 'impossible') void this.find();
  }

  /** Fetches what is needed, once. */
  async save(): Promise<void> {
    if (this.state !== 'off' && this.state !== 'failed') return;
    this.tell('saving');
    try {
      this.follow(await navigator.serviceWorker.register(`${folder()}offline.js`, { updateViaCache: 'none' }));
    } catch {
      this.tell('failed');
    }
  }

  /** Goes over to the new version. */
  reload(): void {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    this.registration?.waiting?.postMessage('take over');
  }

  /** What an earlier visit left. */
  private async find(): Promise<void> {
    const all = await navigator.serviceWorker.getRegistrations().catch(() => []);
    const own = all.find(({ scope }) => scope === folder());
    if (own) this.follow(own);
  }

  private follow(registration: ServiceWorkerRegistration): void {
    this.registration = registration;
    const look = () => {
      const { active, installing, waiting } = registration;
      this.isUpdated = waiting !== null && active !== null;
      this.tell(active ? 'ready' : installing || waiting ? 'saving' : 'failed');
    };
    const watch = (worker: ServiceWorker | null) => worker?.addEventListener('statechange', look);
    for (const worker of [registration.installing, registration.waiting, registration.active]) watch(worker);
    registration.addEventListener('updatefound', () => watch(registration.installing));
    look();
  }

  private tell(state: OfflineState): void {
    this.state = state;
    this.onChange();
  }
}
