import type { Places } from '../../console/places';
import type { Editor, Failure } from '../../editor/editor';
import type { ProgramError } from '../../protocol/messages';
import type { Feature, PanelAction } from '../feature';
import type { FileContent, PanelFiles } from '../panel-files';
import { openedAs, save, viewOf } from './file-kind';

/** What the tabs need of their panel. */
export interface TabsHost {
  readonly programName: string;
  /** What tracebacks call the program. */
  readonly programLabel: string;
  readonly editor: Editor | undefined;
  readonly editable: boolean;
  code: string;
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly updateComplete: Promise<unknown>;
  requestUpdate(): void;
  /** The reader changed a file. */
  onEdit(): void;
  /** Replaces the program as the reader would. */
  edit(code: string): void;
  /** Makes a notebook the program. */
  takeNotebook(file: File): Promise<void>;
  /** Says what is wrong. */
  complain(problem: string, kind: 'note'): Promise<void>;
}

/** The files that are open beside the program, one of which is shown. */
export class FileTabs implements Feature {
  /** Names, in the order of the tabs; the program is none of them. */
  open: string[] = [];
  /** The file that is shown; null for the program. */
  shown: string | null = null;
  /** The file whose name is being written; '' for a new one. */
  naming: string | null = null;
  /** What is shown of a file that is no text. */
  view: unknown = null;
  /** While a document takes over what is in its file. */
  private taking = false;
  /** Counts what was to be shown: only the last one is. */
  private turn = 0;
  private failures = new Map<string, Failure>();

  constructor(
    private readonly host: TabsHost,
    private readonly files: PanelFiles,
  ) {}

  /** Opens a file in a tab, or goes to its tab; null for the program. */
  async show(name: string | null): Promise<void> {
    const { host, files } = this;
    if (name === null || name === host.programName) return this.put(null, null);
    try {
      const content = await files.get(name);
      if (content !== undefined) await this.put(name, content);
    } catch (error) {
      await host.complain((error as Error).message, 'note');
    }
  }

  /** Closes a tab. The file stays. */
  async close(name: string): Promise<void> {
    const at = this.open.indexOf(name);
    if (at < 0) return;
    this.open.splice(at, 1);
    if (this.shown === name) await this.show(this.open[at] ?? this.open[at - 1] ?? null);
    this.host.editor?.close(name);
    this.host.requestUpdate();
  }

  /** The files changed by themselves: a program wrote some, the author set others. */
  refresh(): void {
    for (const name of [...this.open]) if (!this.files.has(name)) void this.close(name);
    if (this.shown !== null && this.files.has(this.shown)) void this.show(this.shown);
  }

  /** The reader typed into a document. */
  edited(name: string): void {
    if (this.taking) return;
    this.failures.delete(name);
    const text = this.host.editor?.textOf(name);
    if (name !== this.host.programName && text !== undefined && this.files.has(name)) this.files.set(name, text);
    this.host.onEdit();
  }

  /** What the menu has for files. */
  actions(): PanelAction[] {
    const { shown, host } = this;
    const isOpen = () => this.shown !== null;
    return [
      {
        id: 'add-files',
        label: 'Add files…',
        group: 'file',
        available: () => host.editable,
        run: () => this.chooseFiles(),
      },
      { id: 'new-file', label: 'New file', group: 'file', available: () => host.editable, run: () => this.askName() },
      {
        id: 'rename-file',
        label: 'Rename the open file',
        group: 'file',
        available: () => isOpen() && host.editable,
        run: () => this.askName(shown ?? ''),
      },
      { id: 'save-file', label: 'Save the open file', group: 'file', available: isOpen, run: () => this.save() },
    ];
  }

  private chooseFiles(): void {
    this.host.renderRoot.querySelector<HTMLElement>('input[type=file]')?.click();
  }

  /** Hands the shown file to the reader. */
  async save(): Promise<void> {
    const content = this.shown !== null && (await this.files.get(this.shown));
    if (this.shown && content !== undefined && content !== false) save(this.shown, content);
  }

  /** Takes files that the reader dropped or chose; one with the program's name is the program. */
  async addFiles(added: Iterable<File>): Promise<void> {
    const { host } = this;
    for (const file of added) {
      try {
        await this.add(file);
      } catch (error) {
        await host.complain((error as Error).message, 'note');
      }
    }
    this.refresh();
    host.onEdit();
    host.requestUpdate();
  }

  private async add(file: File): Promise<void> {
    const { name } = file;
    const { host } = this;
    const isNotebook = /\.ipynb$/i.test(name);
    if (!host.editable && (isNotebook || name === host.programName))
      throw new Error(`${name} was not taken: the program of this panel cannot be changed.`);
    const bytes = await file.arrayBuffer().catch(() => {
      throw new Error(`${name} could not be read: a folder cannot be added, only files.`);
    });
    if (isNotebook) await host.takeNotebook(file);
    else if (name === host.programName) host.edit(new TextDecoder().decode(bytes));
    else this.files.set(name, new Uint8Array(bytes));
  }

  /** Takes a file out of the panel. */
  remove(name: string): void {
    this.files.delete(name);
    this.refresh();
    this.host.onEdit();
    this.host.requestUpdate();
  }

  /** What errors name, and where a press on it leads. */
  readonly places: Places = {
    has: (file) => (file.endsWith('.py') && this.files.has(file)) || this.isProgram(file),
    goTo: async ({ file, line }) => {
      await this.show(this.isProgram(file) ? null : file);
      this.host.editor?.goTo(line);
    },
  };

  private isProgram(file: string): boolean {
    return file === this.host.programName || file === this.host.programLabel;
  }

  /** Marks where a program failed: in the program, and in the file beside it where that is another place. */
  showError({ type, message, line, place }: ProgramError): void {
    const { editor } = this.host;
    const text = `${type}: ${message}`;
    const isOfProgram = place && this.isProgram(place.file);
    const isHere = isOfProgram && place.line === line;
    if (line !== null) editor?.markError({ ...(isHere ? place : {}), line, message: text });
    if (!place || isOfProgram) return;
    this.failures.set(place.file, { ...place, message: text });
    if (this.open.includes(place.file)) editor?.markError({ ...place, message: text }, place.file);
  }

  /** Takes all marks away. */
  forgetErrors(): void {
    this.failures.clear();
    this.host.editor?.markError(null);
  }

  /** Asks for the name of a new file, or for another one of a file. */
  async askName(name = ''): Promise<void> {
    this.naming = name;
    this.host.requestUpdate();
    await this.host.updateComplete;
    const input = this.host.renderRoot.querySelector<HTMLInputElement>('.tab-name');
    input?.focus();
    input?.setSelectionRange(0, name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length);
  }

  /** Takes the name that was written. */
  async takeName(written: string): Promise<void> {
    const { naming: old, files, host } = this;
    const name = written.trim();
    this.naming = null;
    host.requestUpdate();
    if (old === null || name === '' || name === old) return;
    if (files.has(name) || name === host.programName)
      return host.complain(`A file named ${name} exists already. Choose another name.`, 'note');
    let content: FileContent | undefined;
    try {
      if (old) content = await files.get(old);
    } catch (error) {
      return host.complain(`${old} keeps its name. ${(error as Error).message}`, 'note');
    }
    try {
      files.set(name, content ?? '');
    } catch {
      return host.complain(`"${name}" cannot be the name of a file here.`, 'note');
    }
    if (old) await this.rename(old, name);
    else await this.show(name);
    host.onEdit();
    if (!old) host.editor?.focus();
  }

  private async rename(old: string, name: string): Promise<void> {
    this.files.delete(old);
    this.open = this.open.map((each) => (each === old ? name : each));
    this.host.editor?.rename(old, name);
    if (this.shown === old) this.shown = name;
    await this.show(this.shown);
  }

  private async put(name: string | null, content: FileContent | null): Promise<void> {
    const { host } = this;
    const turn = ++this.turn;
    const opened = name === null || content === null ? null : await openedAs(name, content);
    // Meanwhile the reader may have gone elsewhere, or typed into the file.
    if (turn !== this.turn || (name !== null && this.files.peek(name) !== content)) return;
    if (name !== null && !this.open.includes(name)) this.open.push(name);
    this.shown = name;
    this.view = null;
    if (name === null) host.editor?.open(host.programName, host.code);
    else if (opened?.kind === 'text') this.edit(name, opened.text);
    else if (opened && content !== null) this.view = await viewOf(name, content, opened);
    host.requestUpdate();
    await host.updateComplete;
    const tab = host.renderRoot.querySelector('.tab[aria-selected="true"]');
    tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  private edit(name: string, text: string): void {
    this.taking = true;
    this.host.editor?.open(name, text);
    this.taking = false;
    const failure = this.failures.get(name);
    if (failure) this.host.editor?.markError(failure, name);
  }
}
