import { html, render, type TemplateResult } from 'lit';
import { keyCaps, mod } from '../ui/keys';
import type { Command, Commands } from './commands';
import { openDialog } from './dialog';

type Line = [label: string, keys: string];

/** Keys that belong to a place, not to a command. */
const places: [heading: string, lines: Line[]][] = [
  [
    'In the editor',
    [
      ['Indent, with Shift unindent', 'Tab'],
      ['Leave the editor: Escape, then', 'Tab'],
      ['Suggest names', 'Control+Space'],
      ['Explain the name at the cursor', `${mod}+I`],
      ['Undo', `${mod}+Z`],
      ['Search', `${mod}+F`],
      ['Comment or uncomment the line', `${mod}+/`],
      ['Move the line up or down', 'Alt+↑'],
    ],
  ],
  [
    'On the tabs of open files',
    [
      ['Switch to another tab', '← →'],
      ['Close the tab', 'Delete'],
      ['Rename the file', 'F2'],
    ],
  ],
  [
    'On the divider between editor and output',
    [
      ['Move it', '← →'],
      ['Move it to the end', 'Home End'],
      ['Default size', 'Enter'],
    ],
  ],
];

/** The keyboard map: every command that has keys, and the keys of places. */
export function showKeyboardMap(commands: Commands): void {
  const dialog = openDialog('keyboard-map', 'Keyboard');
  const draw = () => render(template(commands, dialog), dialog);
  draw();
  dialog.showModal();
}

function template(commands: Commands, dialog: HTMLDialogElement): TemplateResult {
  const groups = new Map<string, Line[]>();
  for (const { group, label, keys } of commands.all().filter(hasKeys)) {
    const lines = groups.get(group) ?? [];
    if (!lines.some(([known]) => known === label)) groups.set(group, [...lines, [label, keys]]);
  }
  return html`
    <div class="dialog-body">
      <header>
        <h2>Keyboard</h2>
        <button type="button" class="quiet" aria-label="Close" autofocus @click=${() => dialog.close()}>
          <svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="m4 4 8 8m0-8-8 8" /></svg>
        </button>
      </header>
      <div class="maps">${[...groups, ...places].map(([heading, lines]) => section(heading, lines))}</div>
      <label class="check">
        <input
          type="checkbox"
          .checked=${commands.plainKeys}
          @change=${(event: Event) => commands.setPlainKeys((event.target as HTMLInputElement).checked)}
        />
        Single-key shortcuts, such as ?
      </label>
    </div>
  `;
}

const hasKeys = (command: Command): command is Command & { keys: string } => command.keys !== undefined;

function section(heading: string, lines: Line[]): TemplateResult {
  return html`
    <section>
      <h3>${heading}</h3>
      <dl>
        ${lines.map(
          ([label, keys]) => html`
            <div>
              <dt>${label}</dt>
              <dd>${ways(keys)}</dd>
            </div>
          `,
        )}
      </dl>
    </section>
  `;
}

/** Each way to press it. */
function ways(keys: string): TemplateResult[] {
  return keys
    .split(' ')
    .map((way) => html`<span class="caps">${keyCaps(way).map((cap) => html`<kbd>${cap}</kbd>`)}</span>`);
}
