import { html, nothing, render, type TemplateResult } from 'lit';
import { keyCaps } from '../ui/keys';
import type { Command } from './commands';
import { openDialog } from './dialog';
import { fuzzyMatch } from './fuzzy';

interface Row {
  command: Command;
  marks: Set<number>;
}

/** The command palette: a field that filters everything that can be done. Resolves to what the reader chose. */
export function choose(commands: Command[]): Promise<Command | null> {
  const dialog = openDialog('palette', 'Commands');
  const palette = new Palette(dialog, commands);
  dialog.showModal();
  return new Promise((resolve) => {
    // What was chosen may move the focus, so it comes after the dialogue has given it back.
    dialog.addEventListener('close', () => resolve(palette.chosen));
  });
}

class Palette {
  chosen: Command | null = null;
  private rows: Row[] = [];
  private active = 0;

  constructor(
    private readonly dialog: HTMLDialogElement,
    private readonly commands: Command[],
  ) {
    this.filter('');
  }

  private filter(typed: string): void {
    const matched = this.commands.flatMap((command) => {
      const label = fuzzyMatch(typed, command.label);
      if (label) return { command, marks: label.marks, score: label.score };
      const all = fuzzyMatch(typed, `${command.group} ${command.label} ${command.about ?? ''}`, true);
      return all ? { command, marks: new Set<number>(), score: all.score - 70 } : [];
    });
    if (typed.trim()) matched.sort((a, b) => b.score - a.score);
    this.rows = matched;
    this.active = 0;
    this.update();
  }

  private update(): void {
    render(this.template(), this.dialog);
    this.dialog.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }

  private template(): TemplateResult {
    const { rows } = this;
    return html`
      <div class="palette-body">
        <input
          type="text"
          role="combobox"
          aria-label="Search commands and examples"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-autocomplete="list"
          aria-activedescendant=${rows.length > 0 ? `palette-${this.active}` : nothing}
          placeholder="What would you like to do?"
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          autofocus
          @input=${(event: Event) => this.filter((event.target as HTMLInputElement).value)}
          @keydown=${this.onKey}
        />
        <p class="visually-hidden" role="status">${rows.length === 1 ? '1 command' : `${rows.length} commands`}</p>
        <ul id="palette-list" role="listbox" aria-label="Commands" ?hidden=${rows.length === 0}>
          ${rows.map((row, i) => this.option(row, i))}
        </ul>
        ${rows.length === 0 ? html`<p class="nothing">Nothing matches. Try another word.</p>` : nothing}
      </div>
    `;
  }

  private option({ command, marks }: Row, index: number): TemplateResult {
    const { label, about, group, keys } = command;
    const isActive = index === this.active;
    return html`
      <li
        id="palette-${index}"
        role="option"
        aria-selected=${isActive}
        @pointermove=${() => this.moveTo(index)}
        @click=${() => this.pick(index)}
      >
        <span class="what">
          <span>${[...label].map((letter, i) => (marks.has(i) ? html`<mark>${letter}</mark>` : letter))}</span>
          ${about ? html`<small>${about}</small>` : nothing}
        </span>
        <span class="group">${group}</span>
        ${keys ? html`<span class="caps">${keyCaps(keys).map((cap) => html`<kbd>${cap}</kbd>`)}</span>` : nothing}
      </li>
    `;
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const last = this.rows.length - 1;
    const targets: Record<string, number> = {
      ArrowDown: this.active >= last ? 0 : this.active + 1,
      ArrowUp: this.active <= 0 ? last : this.active - 1,
      PageDown: Math.min(last, this.active + 8),
      PageUp: Math.max(0, this.active - 8),
    };
    if (event.key === 'Enter') this.pick(this.active);
    else if (event.key in targets) this.moveTo(targets[event.key]);
    else return;
    event.preventDefault();
  };

  private moveTo(index: number): void {
    if (index === this.active || index < 0) return;
    this.active = index;
    this.update();
  }

  private pick(index: number): void {
    this.chosen = this.rows[index]?.command ?? null;
    if (this.chosen) this.dialog.close();
  }
}
