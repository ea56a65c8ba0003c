import { html, nothing, type TemplateResult } from 'lit';
import type { Feature } from './feature';
import { deleteKept, type Kept, readKept, writeKept } from './keep-store';
import type { UnrollPanel } from './unroll-panel';

/** Milliseconds without a key before work is kept. */
const pause = 400;
/** Bytes of files that are kept of one panel. */
const mostBytes = 5_000_000;

type State =
  | { name: 'none' | 'denied' | 'tooLarge' }
  /** The reader's own version is in the panel. */
  | { name: 'restored'; time: number }
  /** The author changed the program under the reader's version. */
  | { name: 'conflict'; kept: Kept };

/**
 * `persist`: what the reader changes is there again at the next visit, from this browser's storage. Nothing is kept of
 * code that came in a link.
 */
export class Keep implements Feature {
  private state: State = { name: 'none' };
  /** Whether what was kept has been looked up for the author's program that stands now. */
  private isLoaded = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private wasDenied = false;

  constructor(private readonly panel: UnrollPanel) {}

  connected(): void {
    const { authorCode } = this.panel;
    if (authorCode !== undefined && !this.isLoaded) void this.onAuthor(authorCode);
    addEventListener('pagehide', this.flush);
    document.addEventListener('visibilitychange', this.flush);
  }

  disconnected(): void {
    this.flush();
    removeEventListener('pagehide', this.flush);
    document.removeEventListener('visibilitychange', this.flush);
  }

  /** The author's program came, or another one of theirs. */
  async onAuthor(code: string): Promise<void> {
    this.cancel();
    this.isLoaded = false;
    this.show({ name: 'none' });
    if (!this.key) return;
    try {
      const kept = await readKept(this.key);
      if (code !== this.panel.authorCode || this.isLoaded) return;
      if (kept && kept.author !== code && kept.code !== code) return this.show({ name: 'conflict', kept });
      if (kept) this.restore(kept);
      this.isLoaded = true;
    } catch (error) {
      this.deny(error);
    }
  }

  onEdit(): void {
    if (!this.isLoaded || !this.key) return;
    this.cancel();
    this.timer = setTimeout(this.flush, pause);
  }

  afterRun(): void {
    this.onEdit();
  }

  onReset(): void {
    this.cancel();
    if (this.key && this.isLoaded) deleteKept(this.key).catch(() => {});
    this.show({ name: 'none' });
  }

  banner(): unknown {
    const { state } = this;
    if (state.name === 'restored')
      return this.strip(
        html`<p>Your version of ${when(state.time)}, kept in this browser.</p>`,
        button("Back to the author's", () => this.panel.askReset()),
        button('Hide', () => this.show({ name: 'none' })),
      );
    if (state.name === 'conflict')
      return this.strip(
        html`<p>The author changed this program since you worked on it. Your version of ${when(state.kept.time)} is kept.</p>`,
        button('Show mine', () => this.takeMine(state.kept)),
        button('Use the new one', () => this.takeNew()),
      );
    if (state.name === 'denied')
      return this.strip(
        html`<p>This browser keeps nothing for this page: your changes are gone when you leave it.</p>`,
        button('Hide', () => this.show({ name: 'none' })),
      );
    if (state.name === 'tooLarge')
      return this.strip(html`<p>The files are too large to be kept here (more than 5 MB); the program is kept.</p>`);
    return nothing;
  }

  private strip(...content: unknown[]): TemplateResult {
    return html`<div class="notice kept" part="notice" role="status">${content}</div>`;
  }

  /** Name of this panel's work: what the author calls it, else the page and the panel's place in it. */
  private get key(): string | null {
    const { persist, fromLink, id } = this.panel;
    if (persist === null || persist === 'false' || fromLink || !this.panel.isConnected) return null;
    if (persist !== '' && persist !== 'true') return persist;
    const place = [...document.querySelectorAll(this.panel.localName)].indexOf(this.panel);
    return `${location.pathname}${location.search} ${id || place}`;
  }

  private restore(kept: Kept): void {
    const { panel } = this;
    if (panel.code !== kept.code) panel.edit(kept.code);
    for (const [name, content] of kept.files) {
      if (content === null) panel.removeFile(name);
      else panel.addFile(name, content);
    }
    this.show({ name: 'restored', time: kept.time });
  }

  private takeMine(kept: Kept): void {
    this.restore(kept);
    this.isLoaded = true;
    this.onEdit();
    this.panel.focus();
  }

  private takeNew(): void {
    this.isLoaded = true;
    this.onReset();
    this.panel.focus();
  }

  /** Writes what waits. */
  private readonly flush = (): void => {
    if (this.timer === undefined) return;
    this.cancel();
    this.save().catch((error) => this.deny(error));
  };

  private async save(): Promise<void> {
    const { panel, key } = this;
    if (!key) return;
    if (!panel.isChanged) {
      await deleteKept(key);
      return;
    }
    const { code, authorCode = '' } = panel;
    const files = await panel.changedFiles();
    const size = files.reduce((sum, [, content]) => sum + (content?.length ?? 0), 0);
    const fits = size <= mostBytes;
    await writeKept(key, { code, files: fits ? files : [], author: authorCode, time: Date.now() });
    if (!fits) this.show({ name: 'tooLarge' });
    else if (this.state.name === 'tooLarge') this.show({ name: 'none' });
  }

  private cancel(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private deny(error: unknown): void {
    if (this.wasDenied) return;
    this.wasDenied = true;
    console.info('Unroll: work is not kept.', error);
    this.show({ name: 'denied' });
  }

  private show(state: State): void {
    this.state = state;
    this.panel.requestUpdate();
  }
}

const button = (label: string, act: () => void) =>
  html`<button type="button" class="ghost outlined" @click=${act}>${label}</button>`;

/** A time in the reader's words: today with the hour, else the day. */
function when(time: number): string {
  const date = new Date(time);
  const isToday = date.toDateString() === new Date().toDateString();
  return isToday
    ? date.toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit', hour12: false })
    : date.toLocaleDateString('en', { day: 'numeric', month: 'long' });
}
