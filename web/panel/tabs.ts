import { html, nothing, type TemplateResult } from 'lit';
import { icons } from '../ui/icons';
import type { FileTabs } from './features/file-tabs';

/** What the tab strip shows and does: the program, and the files that are open. */
export function tabStrip(tabs: FileTabs, program: string, editable: boolean): TemplateResult {
  if (tabs.open.length === 0 && tabs.naming === null)
    return html`<span class="tab" part="tab">${icons.file} ${program}</span>`;
  return html`
    <div class="tabs">
      <div class="tab-list" role="tablist" aria-label="Files" @keydown=${(event: KeyboardEvent) => onKey(event, tabs, editable)}>
        ${tab(tabs, null, program)}
        ${tabs.open.map((name) => (tabs.naming === name ? nameField(tabs, name) : tab(tabs, name, name)))}
      </div>
      ${tabs.naming === '' ? nameField(tabs, '') : nothing}
    </div>
  `;
}

function tab(tabs: FileTabs, name: string | null, label: string): TemplateResult {
  const selected = tabs.shown === name;
  const close = (event: Event) => {
    event.stopPropagation();
    if (name !== null) void tabs.close(name);
  };
  return html`
    <button
      class="tab"
      part="tab"
      type="button"
      role="tab"
      id=${selected ? 'shown-tab' : nothing}
      data-name=${name ?? ''}
      tabindex=${selected ? 0 : -1}
      aria-selected=${selected}
      aria-controls="document"
      aria-keyshortcuts=${name === null ? nothing : 'Delete'}
      title=${name === null ? nothing : `${name} (Delete closes the tab, F2 renames the file)`}
      @click=${() => void tabs.show(name)}
      @dblclick=${() => name !== null && void tabs.askName(name)}
    >
      ${icons.file} <span class="tab-label">${label}</span>
      ${name === null ? nothing : html`<span class="tab-close" aria-hidden="true" @click=${close}>${icons.remove}</span>`}
    </button>
  `;
}

function nameField(tabs: FileTabs, name: string): TemplateResult {
  const done = (event: Event) => void tabs.takeName((event.target as HTMLInputElement).value);
  const onKeys = (event: KeyboardEvent) => {
    // Else the key goes on into the document that opens.
    if (event.key === 'Enter' || event.key === 'Escape') event.preventDefault();
    if (event.key === 'Enter') done(event);
    if (event.key !== 'Escape') return;
    tabs.naming = null;
    void tabs.show(tabs.shown);
  };
  return html`<input
    class="tab-name"
    aria-label=${name ? `New name of ${name}` : 'Name of the new file'}
    placeholder="name.py"
    spellcheck="false"
    autocapitalize="off"
    size="12"
    .value=${name}
    @keydown=${onKeys}
    @blur=${(event: Event) => tabs.naming !== null && done(event)}
  />`;
}

/** The keys of tabs: arrows, Home and End go to another one, Delete closes it, F2 renames its file. */
function onKey(event: KeyboardEvent, tabs: FileTabs, editable: boolean): void {
  const list = event.currentTarget as HTMLElement;
  // The field for a name stands among the tabs.
  if ((event.target as Element).localName === 'input') return;
  const names = [null, ...tabs.open];
  const at = names.indexOf(tabs.shown);
  const isMirrored = getComputedStyle(list).direction === 'rtl';
  const steps: Record<string, number> = {
    ArrowRight: isMirrored ? -1 : 1,
    ArrowLeft: isMirrored ? 1 : -1,
    Home: -at,
    End: names.length - 1 - at,
  };
  let done: Promise<void>;
  if (event.key in steps) done = tabs.show(names[(at + steps[event.key] + names.length) % names.length]);
  else if (event.key === 'Delete' && tabs.shown !== null) done = tabs.close(tabs.shown);
  else if (event.key === 'F2' && tabs.shown !== null && editable) done = tabs.askName(tabs.shown);
  else return;
  event.preventDefault();
  const root = list.getRootNode() as ShadowRoot;
  void done.then(() => {
    if (tabs.naming === null) root.querySelector<HTMLElement>('#shown-tab, .run')?.focus();
  });
}
