/** What is wrong with the page. `written` is a name that there is not among the `known` ones. */
export interface AuthorNote {
  words: string;
  written?: string;
  known?: readonly string[];
}

/** What the author of the page got wrong: in the browser's console, and for them in a strip over the panel (author-strip.ts). */
export class AuthorNotes {
  readonly list: AuthorNote[] = [];

  constructor(private readonly panel: { requestUpdate(): void }) {}

  /** Adds a note, once. */
  tell(note: AuthorNote): void {
    if (this.list.some(({ words }) => words === note.words)) return;
    this.list.push(note);
    console.warn(note.words);
    this.panel.requestUpdate();
  }
}

/** Whether who looks is the author: at a page of this machine, or with `#for-author` behind the page's address. */
export function isAuthorHere(): boolean {
  const around = window.parent === window ? '' : document.referrer;
  const machine = /^(file:|https?:\/\/(localhost|[^/:]+\.localhost|127\.[\d.]+|\[::1\])[:/])/;
  return location.hash === '#for-author' || machine.test(location.href) || machine.test(around);
}
