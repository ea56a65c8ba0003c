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
  /** There is another version of the reader's than the one in the panel. */
  | { name: 'conflict'; kept: Kept };

/** The program whose changes are kept. */
interface Work {
  key: string;
  author: string;
  earlier?: Kept;
}

/**
 * `persist`: what the reader changes is there again at the next visit, from this browser's storage. Nothing is kept of
 * code that came in a link.
 */
export class Keep implements Feature {
  private state: State = { name: 'none' };
  /** What was kept of it has been looked up; undefined until then, and where nothing is kept. */
  private work: Work | undefined;
  private saving = Promise.resolve();
  /** The key whose work is being looked up. */
  private wanted: string | null = null;
  /** When the version that was brought back was kept. */
  private restored: number | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private wasDenied = false;

  constructor(private readonly panel: UnrollPanel) {}

  connected(): void {
    const { authorCode } = this.panel;
    if (authorCode !== undefined && !this.work) this.onAuthor(authorCode);
    addEventListener('pagehide', this.flush);
    document.addEventListener('visibilitychange', this.flush);
  }

  disconnected(): void {
    this.flush();
    removeEventListener('pagehide', this.flush);
    document.removeEventListener('visibilitychange', this.flush);
  }

  /** The author's program came, or another one of theirs. */
  onAuthor(code: string): void {
    this.onLeave();
    const { key } = this;
    if (key) void this.lookUp(key, code);
  }

  /** Writes what waits: another program comes into the panel. */
  onLeave(): void {
    this.flush();
    this.work = undefined;
    this.wanted = this.restored = null;
    this.show({ name: 'none' });
  }

  onEdit(): void {
    if (!this.work) return;
    this.cancel();
    this.timer = setTimeout(this.flush, pause);
  }

  afterRun(): void {
    this.onEdit();
  }

  onReset(): void {
    if (!this.work) return;
    this.restored = null;
    this.save();
    this.showWork();
  }

  notice(): unknown {
    const { state } = this;
    if (state.name === 'restored')
      return this.strip(
        html`<p>Your version of ${when(state.time)}, kept in this browser.</p>`,
        button("Back to the author's", () => this.panel.askReset()),
        button('Hide', () => this.show({ name: 'none' })),
      );
    if (state.name === 'conflict')
      return this.strip(
        html`<p>${this.whyTwo(state.kept)} Your version of ${when(state.kept.time)} is kept.</p>`,
        button('Show mine', () => this.takeMine(state.kept)),
        button('Use the new one', () => this.takeNew()),
      );
    if (state.name === 'denied')
      return this.strip(
        html`<p>This browser stores nothing for this page: your changes are lost when you leave it.</p>`,
        button('Hide', () => this.show({ name: 'none' })),
      );
    if (state.name === 'tooLarge')
      return this.strip(
        html`<p>The files are too large to be kept in this browser (more than 5 MB). The program is kept.</p>`,
      );
    return nothing;
  }

  private async lookUp(key: string, code: string): Promise<void> {
    const { panel } = this;
    this.wanted = key;
    try {
      await this.saving;
      const kept = await readKept(key);
      if (code !== panel.authorCode || this.wanted !== key) return;
      this.wanted = null;
      this.work = { key, author: code };
      if (kept) this.offer(kept);
      // What was typed meanwhile.
      if (panel.isChanged) this.onEdit();
    } catch (error) {
      this.deny(error);
    }
  }

  private strip(...content: unknown[]): TemplateResult {
    return html`<div class="notice kept" part="notice" role="status">${content}</div>`;
  }

  /** Name of this panel's work: what the author calls it, else the page and the panel's place in it. */
  private get key(): string | null {
    const { persist, fromLink, isolated, id, isConnected } = this.panel;
    if (persist === null || persist === 'false' || fromLink || !isConnected) return null;
    const apart = isolated ? 'isolated ' : '';
    if (persist !== '' && persist !== 'true') return apart + persist;
    return `${apart}${location.pathname}${location.search} ${id || placeOf(this.panel)}`;
  }

  /** Puts a kept version into the panel, or asks where another one stands there. */
  private offer(kept: Kept): void {
    const { panel } = this;
    const { author } = this.work as Work;
    const isFree = !panel.isChanged && (kept.author === author || kept.code === author);
    if (isFree) this.restore(kept);
    else this.work = { ...(this.work as Work), earlier: kept };
    this.showWork();
  }

  private whyTwo({ author }: Kept): string {
    return author === this.work?.author
      ? 'You worked on this program before.'
      : 'The author changed this program since you worked on it.';
  }

  private restore(kept: Kept): void {
    const { panel } = this;
    if (panel.code !== kept.code) panel.edit(kept.code);
    for (const [name, content] of kept.files) {
      if (content === null) panel.removeFile(name);
      else panel.addFile(name, content);
    }
    this.work = { ...(this.work as Work), earlier: kept.earlier };
    this.restored = kept.time;
  }

  private takeMine(kept: Kept): void {
    this.restore(kept);
    this.goOn();
  }

  private takeNew(): void {
    if (this.work) this.work.earlier = undefined;
    this.restored = null;
    this.goOn();
  }

  private goOn(): void {
    this.save();
    this.showWork();
    this.panel.focus();
  }

  /** Says what there is of the reader's. */
  private showWork(): void {
    const { earlier } = this.work as Work;
    if (earlier) this.show({ name: 'conflict', kept: earlier });
    else if (this.restored !== null && this.panel.isChanged) this.show({ name: 'restored', time: this.restored });
    else this.show({ name: 'none' });
  }

  /** Writes what waits. */
  private readonly flush = (): void => {
    if (this.timer === undefined) return;
    this.save();
  };

  /** Takes the program and its files as they are now, and writes them after what is being written. */
  private save(): void {
    this.cancel();
    const { panel, work } = this;
    if (!work) return;
    const { code } = panel;
    const files = panel.changedFiles();
    this.saving = this.saving.then(async () => this.write(work, code, await files)).catch((error) => this.deny(error));
  }

  private async write({ key, author, earlier }: Work, code: string, files: Kept['files']): Promise<void> {
    if (code === author && files.length === 0) {
      await (earlier ? writeKept(key, earlier) : deleteKept(key));
      return;
    }
    const size = files.reduce((sum, [, content]) => sum + (content?.length ?? 0), 0);
    const fits = size <= mostBytes;
    await writeKept(key, { code, files: fits ? files : [], author, time: Date.now(), earlier });
    if (this.work?.key !== key) return;
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

/** Where a panel stands in its page: its number, in a shadow root behind the place of its host. */
function placeOf(element: Element): string {
  const root = element.getRootNode() as Document | ShadowRoot;
  const place = [...root.querySelectorAll(element.localName)].indexOf(element);
  return root instanceof ShadowRoot ? `${placeOf(root.host)}.${place}` : String(place);
}
