import { html, nothing, type TemplateResult } from 'lit';
import type { Feature } from '../feature';
import type { PanelHost } from '../host';
import { isSame, type Kept, newPlace, readVersions, type Version, writeVersion } from './keep-store.late';

/** Milliseconds without a key before work is kept. */
const pause = 400;
/** Milliseconds that the storage may take to answer. */
const patience = 5000;
/** Bytes of files that are kept of one panel. */
const mostBytes = 5_000_000;

type State =
  | { name: 'none' | 'denied' | 'full' | 'tooLarge' }
  /** The reader's own version is in the panel. */
  | { name: 'restored'; time: number }
  /** There is another version of the reader's than the one in the panel. */
  | { name: 'conflict'; kept: Version };

/** The program whose changes are kept. */
interface Work {
  key: string;
  author: string;
  /** Where this panel's version is kept: no other panel or tab writes there. */
  place: string;
  /** What the panel showed when it was last in step with the storage; null for the author's. */
  base: Kept | null;
  /** Places of versions that this one takes the place of: those of the reader's choice, and what it was made from. */
  replaced: string[];
  origin: string[];
  /** Versions that the reader has not chosen against. */
  others: Version[];
  /** Whether one of them came while this panel was open. */
  hasMet: boolean;
}

/** All of this page. */
const keeps = new Set<Keep>();

/**
 * `persist`: what the reader changes is there again at the next visit, from this browser's storage. Nothing is kept of
 * code that came in a link. Versions that two tabs or panels make of one program are kept side by side.
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
  /** What the reader was told of a storage that does not take anything. */
  private told: 'denied' | 'full' | undefined;

  constructor(private readonly panel: PanelHost) {}

  connected(): void {
    keeps.add(this);
    const { authorCode } = this.panel;
    if (authorCode !== undefined && !this.work) this.onAuthor(authorCode);
    addEventListener('pagehide', this.flush);
    document.addEventListener('visibilitychange', this.flush);
  }

  disconnected(): void {
    this.flush();
    keeps.delete(this);
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
    if (state.name === 'conflict') return this.choice(state.kept);
    if (state.name === 'denied')
      return this.strip(
        html`<p>This browser stores nothing for this page: your changes are lost when you leave it.</p>`,
        button('Hide', () => this.show({ name: 'none' })),
      );
    if (state.name === 'full')
      return this.strip(
        html`<p>The browser's storage for this page is full: your latest changes are not kept.</p>`,
        button('Hide', () => this.show({ name: 'none' })),
      );
    if (state.name === 'tooLarge')
      return this.strip(
        html`<p>The files are too large to be kept in this browser (more than 5 MB). The program is kept.</p>`,
      );
    return nothing;
  }

  private choice(kept: Version): TemplateResult {
    const isNew = kept.author !== this.work?.author;
    const isElsewhere = !isNew && (this.restored !== null || this.work?.hasMet);
    const why = isNew
      ? 'The author changed this program since you worked on it.'
      : isElsewhere
        ? 'You worked on this program in another place too.'
        : 'You worked on this program before.';
    return this.strip(
      html`<p>${why} Your version of ${when(kept.time)} is kept.</p>`,
      button(isElsewhere ? 'Show that one' : 'Show mine', () => this.takeOther(kept)),
      button(isElsewhere ? 'Keep this one' : 'Use the new one', () => this.takeThis(kept)),
    );
  }

  private async lookUp(key: string, code: string): Promise<void> {
    const { panel } = this;
    this.wanted = key;
    try {
      await this.saving;
      const others = await inTime(readVersions(key));
      if (code !== panel.authorCode || this.wanted !== key) return;
      this.wanted = null;
      this.work = {
        key,
        author: code,
        place: newPlace(key),
        base: null,
        origin: [],
        replaced: [],
        others,
        hasMet: false,
      };
      this.offer();
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
    const isNamed = persist !== '' && persist !== 'true';
    const name = isNamed ? persist : `${location.pathname}${location.search} ${id || placeOf(this.panel)}`;
    if (isolated) return `isolated ${name}`;
    // No name of an author's leads to what an isolated panel keeps.
    return /^(isolated|own) /.test(name) ? `own ${name}` : name;
  }

  /** Puts a kept version into the panel, or asks where another one stands there. */
  private offer(): void {
    const work = this.work as Work;
    work.others = this.ofThis(work.others);
    const own = work.others.filter(({ author, code }) => author === work.author || code === work.author);
    const last = recall(this.memory);
    const kept = own.find(({ place }) => place === last) ?? own[0];
    if (kept && !this.panel.isChanged) this.restore(kept);
    this.showWork();
  }

  /** Without the versions of another panel's program, which has the same key by mistake. */
  private ofThis(versions: Version[]): Version[] {
    const { authorCode } = this.panel;
    const programs = [...keeps].filter((keep) => keep.key === this.key).map(({ panel }) => panel.authorCode);
    return versions.filter(({ author }) => author === authorCode || !programs.includes(author));
  }

  private restore(kept: Version): void {
    const { panel } = this;
    const { place, code, files, time } = kept;
    const work = this.work as Work;
    if (panel.code !== code) panel.edit(code);
    panel.setChangedFiles(files);
    work.others = work.others.filter((other) => !isSame(other, kept));
    work.base = kept;
    work.origin.push(place);
    this.restored = time;
    remember(this.memory, place);
  }

  private takeOther(kept: Version): void {
    this.restore(kept);
    this.work?.replaced.push(kept.place);
    this.goOn();
  }

  private takeThis({ place }: Version): void {
    const work = this.work as Work;
    work.others = work.others.filter((other) => other.place !== place);
    work.replaced.push(place);
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
    const [kept] = this.work?.others ?? [];
    if (kept) this.show({ name: 'conflict', kept });
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

  private async write(work: Work, code: string, files: Kept['files']): Promise<void> {
    const { key, author, place, base } = work;
    const size = files.reduce((sum, [, content]) => sum + (content?.length ?? 0), 0);
    const fits = size <= mostBytes;
    const isChanged = code !== author || files.length > 0;
    const kept = isChanged ? { code, files: fits ? files : [], author, time: Date.now() } : null;
    // A tab that only looked on does not write over what another one did meanwhile.
    if (isSame(kept, base) && work.replaced.length === 0) return;
    const removed = [...work.origin, ...work.replaced];
    const versions = await writeVersion(key, place, kept, removed);
    work.base = kept;
    for (const list of [work.origin, work.replaced])
      for (const one of removed) if (list.includes(one)) list.splice(list.indexOf(one), 1);
    if (this.work !== work) return;
    this.told = undefined;
    remember(this.memory, place);
    this.meet(
      versions.filter((other) => other.place !== place && !isSame(other, kept)),
      fits,
    );
  }

  /** What else is kept now: another tab or panel may have written. */
  private meet(versions: Version[], fits: boolean): void {
    const work = this.work as Work;
    const known = work.others.map(({ place }) => place);
    work.others = this.ofThis(versions);
    const { name } = this.state;
    const isNew = work.others.some(({ place }) => !known.includes(place));
    work.hasMet ||= isNew;
    if (!fits) this.show({ name: 'tooLarge' });
    else if (isNew || name === 'conflict') this.showWork();
    else if (name !== 'restored') this.show({ name: 'none' });
  }

  private cancel(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private deny(error: unknown): void {
    const name = (error as Error | null)?.name === 'QuotaExceededError' ? 'full' : 'denied';
    if (this.told === name) return;
    this.told = name;
    console.info('Unroll: work is not kept.', error);
    this.show({ name });
  }

  private show(state: State): void {
    this.state = state;
    this.panel.requestUpdate();
  }

  /** Where this tab remembers which of several versions it shows. */
  private get memory(): string {
    return `unroll.keep ${this.key} ${placeOf(this.panel)}`;
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

/** Rejects where the storage does not answer. */
function inTime<T>(work: Promise<T>): Promise<T> {
  const late = (_: unknown, reject: (error: Error) => void) =>
    setTimeout(() => reject(new Error('The storage does not answer.')), patience);
  return Promise.race([work, new Promise<never>(late)]);
}

function recall(name: string): string | null {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

function remember(name: string, place: string): void {
  try {
    sessionStorage.setItem(name, place);
  } catch {
    // The latest version is shown, then.
  }
}
