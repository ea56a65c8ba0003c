import type { Mailbox } from '../protocol/mailbox';
import type { FromWorker, Keepsake, PackageReport, PackageRequest, ToWorker, Variant } from '../protocol/messages';
import { writeSnapshot } from '../storage/snapshot-store';
import { type RuntimeKind, siteUrl } from './make-worker';
import { mayWait, rememberCannotWait } from './waiting';

/** What the workers of a runtime start with, and what each start leaves for the next one. */
export class StartState {
  /** The real packages that the worker has, or is starting with. */
  packages: PackageRequest | null = null;
  /** What became of them. */
  report: PackageReport | null = null;
  /** Whether a running program can wait for promises, and so for the page: as it seems until a start has tried. */
  suspend: boolean;
  private keepsake: Keepsake | null = null;

  /** `variant` is the engine's build; null is the best that this browser runs. */
  constructor(
    private readonly variant: Variant | null,
    private readonly kind: RuntimeKind,
  ) {
    this.suspend = kind.language === 'javascript' || mayWait();
  }

  /** Whether a start has next to nothing to download. */
  get isFromMemory(): boolean {
    return this.keepsake !== null;
  }

  message(mailbox: Mailbox | null): Extract<ToWorker, { type: 'start' }> {
    const { variant, keepsake, packages, suspend } = this;
    return { type: 'start', site: siteUrl(), variant, keepsake, mailbox: mailbox?.memory ?? null, suspend, packages };
  }

  /** Takes what a start left. Isolated workers keep it among themselves. */
  onReady({ keepsake, packages, waits }: Extract<FromWorker, { type: 'ready' }>): void {
    this.report = packages;
    if (this.suspend && !waits) this.goWithoutWaiting();
    if (!keepsake || this.kind.isolated) return;
    this.keepsake = keepsake;
    keepForNextVisit(keepsake);
  }

  /** A start failed. What was kept may be the reason: the next one is from scratch. */
  onFailed(): void {
    this.keepsake = this.packages = null;
  }

  goWithoutWaiting(): void {
    this.suspend = false;
    rememberCannotWait();
  }
}

/** From the page, because the worker may be busy with a program until it is ended. */
function keepForNextVisit({ version, snapshot }: Keepsake): void {
  if (version && snapshot) setTimeout(() => void writeSnapshot(version, snapshot), 1000);
}

/** Why a start failed. Browsers name 'unsafe-eval' where a content policy forbids WebAssembly, which allows far more than is needed, or nothing. */
export const explained = (message: string) =>
  /unsafe-eval|blocked by CSP/i.test(message)
    ? "this page's content policy does not allow WebAssembly: its script-src needs 'wasm-unsafe-eval'."
    : message;
