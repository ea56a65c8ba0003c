import type { PropertyDeclarations } from 'lit';
import type { Editor } from '../editor/editor';
import type { FileEntry, PackageRequest } from '../protocol/messages';
import type { Language } from '../runtime/make-worker';
import { Author } from './author';
import type { PanelHost } from './host';
import { flag, PanelOptions } from './options';
import { addressesIn, type FileContent, PanelFiles } from './panel-files';

/** A panel as what it holds: the program, its language and its files, the author's and the reader's. */
export abstract class ProgramPanel extends PanelOptions {
  static properties: PropertyDeclarations = {
    src: { type: String, noAccessor: true },
    lang: { type: String, noAccessor: true },
    title: { type: String, noAccessor: true },
    fileAddresses: { attribute: 'files', type: String, noAccessor: true },
    isolated: { ...flag('isolated', false), reflect: false, noAccessor: true },
  };

  /** Where the panels of this page that do not say so themselves get real packages from; null for Pyodide's own index. */
  static packagesUrl: string | null = null;

  /** Whether a program may start without the reader: never one that came in a link. @internal */
  mayRunItself = true;
  /** Whether the program came in a link, which the panel says. @internal */
  fromLink = false;
  /** The panel that this one is a preview of: the page around is that one's. @internal */
  previewOf: PanelHost | undefined;
  /** @internal */
  editor: Editor | undefined;

  protected readonly panelFiles = new PanelFiles();
  protected readonly author = new Author(
    this,
    (code) => this.takeProgram(code),
    (problem) => void this.complain(problem),
  );
  /** The program until there is an editor. */
  protected draft = '';
  protected language: Language = 'python';
  private addresses: string | null = null;
  private heading = '';
  private ofStranger = false;

  /** The language of the program: 'javascript', or else Python. */
  get lang(): string {
    return this.language;
  }

  set lang(lang: string | null) {
    const language = /^(javascript|js)$/i.test(lang ?? '') ? 'javascript' : 'python';
    if (language === this.language) return;
    const name = this.programName;
    this.changeRuntime(() => {
      this.language = language;
    });
    this.editor?.rename(name, this.programName);
    this.requestUpdate();
  }

  /** What stands over the panel, and is its name for screen readers; empty for none. */
  get title(): string {
    return this.heading;
  }

  set title(title: string) {
    this.heading = String(title ?? '');
    this.requestUpdate();
  }

  attributeChangedCallback(name: string, before: string | null, value: string | null): void {
    if (name === 'title') {
      if (value === null) return;
      this.title = value;
      // The browser would show it wherever the pointer rests in the panel.
      this.removeAttribute('title');
    } else if (name !== 'lang') {
      super.attributeChangedCallback(name, before, value);
    } else if (/^(javascript|js|python|py)$/i.test(value ?? '')) {
      this.lang = value;
      // To browsers and screen readers it names the language of a text, which is none of these.
      this.removeAttribute('lang');
    }
  }

  /** Name of the program. @internal */
  get programName(): string {
    return this.language === 'javascript' ? 'main.js' : 'main.py';
  }

  /** Address of the program, relative to the page. */
  get src(): string | null {
    return this.author.src;
  }

  set src(src: string | null) {
    this.author.src = src;
  }

  /**
   * Whether programs run in an origin of their own, where they cannot read or change anything of the page's site or of
   * unroll.js's: for code that the author did not choose, such as that of a link. Setting it ends what runs.
   */
  get isolated(): boolean {
    return this.ofStranger;
  }

  set isolated(isolated: boolean) {
    if (isolated === this.ofStranger) return;
    this.changeRuntime(() => {
      this.ofStranger = isolated;
    });
    this.requestUpdate();
  }

  /** The program. Setting it is the author's doing: `reset()` comes back to what was set last. */
  get code(): string {
    return this.editor?.code ?? this.draft;
  }

  set code(code: string) {
    this.author.give(code);
  }

  /** Files that the program can open, by name; what a program writes is here after its run. Setting replaces all. */
  get files(): Record<string, FileContent> {
    return this.panelFiles.getAll();
  }

  set files(files: Record<string, FileContent> | Map<string, FileContent>) {
    this.panelFiles.setAll(files);
    this.filesChanged();
  }

  /** Addresses of files, relative to the page and apart by spaces; `name=address` gives a name. Fetched at the first run. */
  get fileAddresses(): string | null {
    return this.addresses;
  }

  set fileAddresses(list: string | null) {
    this.addresses = list;
    try {
      this.panelFiles.setAddresses(addressesIn(list ?? ''));
    } catch (error) {
      this.tellAuthor({ words: `<unroll-panel files="${list}">: ${(error as Error).message}.` });
    }
    this.requestUpdate();
  }

  /** Replaces the program as the learner would, by an edit: `reset()` still comes back to the author's. */
  edit(code: string): void {
    if (this.editor) this.editor.replace(code);
    else this.draft = code;
  }

  /** What `reset` comes back to. @internal */
  get authorCode(): string | undefined {
    return this.author.code;
  }

  /** Counts the author's programs that stood here. @internal */
  get authorVersion(): number {
    return this.author.version;
  }

  /** Whether program or files are other than the author gave them. @internal */
  get isChanged(): boolean {
    return this.code !== (this.author.code ?? '') || this.panelFiles.isChanged;
  }

  /** Files that are not as the author gave them; null for one that is gone. @internal */
  changedFiles(): Promise<[string, Uint8Array | string | null][]> {
    return this.panelFiles.changed();
  }

  /** Puts files in order that `changedFiles` gave. @internal */
  setChangedFiles(files: [string, FileContent | null][]): void {
    this.panelFiles.reset();
    for (const [name, content] of files) {
      if (content === null) this.panelFiles.delete(name);
      else this.panelFiles.set(name, content);
    }
    this.filesChanged();
    this.onEdit();
  }

  /** Adds a file as the learner would. @internal */
  addFile(name: string, content: FileContent): void {
    this.panelFiles.set(name, content);
    this.filesChanged();
    this.onEdit();
  }

  /** @internal */
  readFiles(): Promise<FileEntry[]> {
    return this.panelFiles.read();
  }

  /** @internal */
  packageRequest(): PackageRequest {
    const folder = this.packagesUrl ?? ProgramPanel.packagesUrl;
    const absolute = (address: string) => new URL(address, document.baseURI).href;
    const names = (this.packages ?? '').split(/[\s,]+/).filter(Boolean);
    return {
      names: names.map((name) => (name.endsWith('.whl') ? absolute(name) : name)),
      index: folder ? absolute(folder.replace(/\/?$/, '/')) : null,
    };
  }

  /** The program of another author's version is here. */
  protected takeProgram(code: string): void {
    this.draft = code;
    if (this.editor) this.editor.code = code;
    this.requestUpdate();
  }

  /** The reader changed the program or a file. @internal */
  abstract onEdit(): void;
  /** Says what is wrong, in the output. @internal */
  abstract complain(problem: string, kind?: 'stderr' | 'note'): Promise<void>;
  /** Makes a change after which programs run elsewhere. */
  protected abstract changeRuntime(change: () => void): void;
  /** Files came, changed or went. */
  protected abstract filesChanged(): void;
}

/** Properties that a page set before the element was defined would hide the accessors. */
export function adoptEarlyProperties<Panel extends ProgramPanel>(panel: Panel, names: (keyof Panel)[]): void {
  for (const name of names) {
    if (!Object.hasOwn(panel, name)) continue;
    const value = panel[name];
    delete (panel as Partial<Panel>)[name];
    Object.assign(panel, { [name]: value });
  }
}
