import { html, nothing, type TemplateResult } from 'lit';
import { icons } from '../ui/icons';
import { keyCaps, mod } from '../ui/keys';
import { beforeFirstRun, fileSize } from '../ui/words';
import type { DropTarget } from './drop-target';
import { contributions, type Feature, firstNotice } from './feature';
import type { FileTabs } from './features/file-tabs';
import { menu } from './menu';
import type { Phase } from './run-controller';
import { tabStrip } from './tabs';

/** What the template shows. */
export interface View {
  /** Name of the program. */
  name: string;
  /** What tracebacks call it. */
  label: string;
  /** What stands over the panel; empty for nothing. */
  title: string;
  tabs: FileTabs;
  editable: boolean;
  /** A snippet: one row of buttons below the program. */
  isCompact: boolean;
  /** Of a snippet, whether the reader has changed something. */
  isChanged: boolean;
  phase: Phase;
  status: string;
  failed: boolean;
  drop: DropTarget;
  files: { name: string; size: number | null }[];
  /** Whether files matter here, so that there is a row for them. */
  hasFileRow: boolean;
  /** The start in words, and how far it is from 0 to 1. */
  loading: { text: string; share: number };
  /** Parts that add to the panel. */
  features: Feature[];
}

/** What the reader can do. */
export interface Actions {
  run: () => void;
  stop: () => void;
  reset: () => void;
  addFiles: (files: Iterable<File>) => void;
  removeFile: (name: string) => void;
  /** Opens a file in a tab. */
  openFile: (name: string) => void;
  newFile: () => void;
}

const busy = new Set<Phase>(['loading', 'waiting', 'running', 'packages', 'restarting']);

const languageOf = ({ name }: View) => (name.endsWith('.js') ? 'JavaScript' : 'Python');

export function panelTemplate(view: View, actions: Actions): TemplateResult {
  return html`
    <section
      class="panel"
      part="panel"
      role="group"
      aria-label=${view.title || `${languageOf(view)} program`}
      lang="en"
      @dragenter=${view.drop.over}
      @dragover=${view.drop.over}
      @dragleave=${view.drop.leave}
      @drop=${view.drop.drop}
    >
      ${view.title ? html`<p class="panel-title" part="title">${view.title}</p>` : nothing}
      ${view.isCompact ? nothing : header(view, actions)}
      ${firstNotice(view.features)} ${contributions(view.features, 'banner')}
      <div class="panes">
        <div class="source" id="source">
          ${document(view)}
          ${fileRow(view, actions)}
        </div>
        ${view.isCompact ? compactHeader(view, actions) : nothing}
        ${result(view)}
      </div>
      <div class="drop" part="drop" ?hidden=${!view.drop.active}>
        <p>${icons.drop} Drop files here: the program can open them by name</p>
      </div>
    </section>
  `;
}

function header(view: View, actions: Actions): TemplateResult {
  return html`
    <header class="bar" part="header">
      ${tabStrip(view.tabs, view.label, view.editable)}
      ${leaveHint}
      <div class="actions">
        ${resetButton(actions)} ${stopButton(view, actions)} ${runButton(view, actions)}
        ${menu(contributions(view.features, 'actions'))}
      </div>
    </header>
  `;
}

/** All of a snippet's buttons and its status, in one row; tabs only where files are open. */
function compactHeader(view: View, actions: Actions): TemplateResult {
  const { tabs, phase, isChanged } = view;
  const hasTabs = tabs.open.length > 0 || tabs.naming !== null;
  return html`
    <header class="bar compact" part="header">
      ${runButton(view, actions)} ${stopButton(view, actions)} ${isChanged ? resetButton(actions) : nothing}
      ${hasTabs ? tabStrip(tabs, view.label, view.editable) : nothing} ${statusLine(view)}
      ${leaveHint} ${phase === 'fresh' ? nothing : contributions(view.features, 'tools')}
      ${menu(contributions(view.features, 'actions'))}
    </header>
  `;
}

const leaveHint = html`<span class="leave-hint" id="leave-hint">Escape, then Tab, leaves the editor</span>`;

// Not `disabled`: a button that has the focus would lose it when it is pressed.

function runButton({ phase }: View, actions: Actions): TemplateResult {
  return html`
    <button
      class="primary run"
      part="button run-button"
      type="button"
      aria-disabled=${busy.has(phase)}
      aria-keyshortcuts=${`${mod}+Enter`}
      @click=${actions.run}
    >
      ${icons.run}<span>Run<span class="long"> Code</span></span><kbd aria-hidden="true">${keyCaps(`${mod}+Enter`).join(' ')}</kbd>
    </button>
  `;
}

function stopButton({ phase }: View, actions: Actions): TemplateResult {
  return html`
    <button class="ghost stop" part="button stop-button" type="button" aria-disabled=${!busy.has(phase)} @click=${actions.stop}>
      ${icons.stop}<span class="label">Stop</span>
    </button>
  `;
}

function resetButton(actions: Actions): TemplateResult {
  return html`
    <button class="ghost reset" part="button reset-button" type="button" @click=${actions.reset}>
      ${icons.reset}<span class="label">Reset</span>
    </button>
  `;
}

function statusLine({ failed, phase, status }: View): TemplateResult {
  return html`<p class="status ${failed ? 'failed' : phase}" part="status" role="status">${status}</p>`;
}

/** The document of the shown tab. */
function document({ tabs }: View): TemplateResult {
  const isPanel = tabs.open.length > 0;
  return html`
    <div
      class="document"
      id="document"
      role=${isPanel ? 'tabpanel' : nothing}
      aria-labelledby=${isPanel ? 'shown-tab' : nothing}
    >
      <div class="editor" part="editor" ?hidden=${tabs.view !== null}></div>
      <div class="file-view" part="file-view" ?hidden=${tabs.view === null}>${tabs.view}</div>
    </div>
  `;
}

function fileRow(view: View, actions: Actions): TemplateResult {
  const choose = (event: Event) => {
    const input = event.target as HTMLInputElement;
    actions.addFiles([...(input.files ?? [])]);
    input.value = '';
  };
  const open = (event: Event) => {
    const row = (event.currentTarget as HTMLElement).parentElement;
    row?.querySelector('input')?.click();
  };
  return html`
    <div class="files" part="files" ?hidden=${!view.hasFileRow}>
      ${view.files.length > 0 ? html`<ul aria-label="Files">${view.files.map((file) => chip(file, actions))}</ul>` : nothing}
      <button class="add" part="button add-button" type="button" @click=${open}>${icons.add}<span>Add file</span></button>
      <button class="add" part="button new-button" type="button" @click=${actions.newFile}>${icons.file}<span>New file</span></button>
      <input type="file" multiple hidden tabindex="-1" aria-hidden="true" @change=${choose} />
    </div>
  `;
}

function chip({ name, size }: View['files'][number], actions: Actions): TemplateResult {
  return html`
    <li class="chip" part="file">
      <button type="button" class="chip-open" title=${`Open ${name}`} @click=${() => actions.openFile(name)}>
        <span class="chip-name">${name}</span><span class="chip-size">${size === null ? '' : fileSize(size)}</span>
      </button>
      <button type="button" aria-label="Remove ${name}" title="Remove ${name}" @click=${() => actions.removeFile(name)}>
        ${icons.remove}
      </button>
    </li>
  `;
}

function result(view: View): TemplateResult {
  const { isCompact, phase } = view;
  return html`
    <section class="result" part="result" role="group" aria-labelledby="output-title" ?hidden=${isCompact && phase === 'fresh'}>
      <div class="divider" part="divider"></div>
      <div class="result-bar">
        <h2 id="output-title" part="output-title">OUTPUT</h2>
        ${isCompact ? nothing : [statusLine(view), contributions(view.features, 'tools')]}
      </div>
      ${contributions(view.features, 'results')}
      <div class="live" part="plot" role="group" aria-labelledby="live-title" hidden></div>
      <div class="output-area">
        ${placeholder(view)}
        <div class="output" part="output" role="log" aria-live="off" aria-labelledby="output-title" tabindex="0"></div>
      </div>
    </section>
  `;
}

function placeholder(view: View): TemplateResult | typeof nothing {
  const { phase, loading } = view;
  if (phase === 'fresh') return html`<p class="placeholder" part="placeholder">${beforeFirstRun}</p>`;
  if (phase === 'waiting') return html`<p class="placeholder" part="placeholder">Waiting for another program…</p>`;
  if (phase !== 'loading' && phase !== 'packages' && phase !== 'restarting') return nothing;
  const percent = Math.round(loading.share * 100);
  return html`
    <div class="placeholder" part="placeholder">
      <p>Loading... <span class="loading-detail">${loading.text}</span></p>
      <progress part="progress" max="100" .value=${percent} aria-label=${phase === 'packages' ? 'Loading packages' : `Loading ${languageOf(view)}`}></progress>
    </div>
  `;
}
