import { nothing, type TemplateResult } from 'lit';
import type { Job } from '../protocol/job';
import type { RunResult } from './run-controller';

/** Something that the reader can do, for the menu, the command palette and the keyboard map. */
export interface PanelAction {
  /** A name that stays, such as `copy-link`. */
  id: string;
  label: string;
  /** Keys as `aria-keyshortcuts` writes them: `Control+Enter`. */
  keys?: string;
  /** Actions of one group stand together in the menu; those of 'panel' have buttons of their own and are not in it. */
  group: 'panel' | 'share' | 'file' | 'view' | 'help';
  /** Whether it makes sense now; always where left out. */
  available?: () => boolean;
  run: () => unknown;
}

/**
 * A part of the panel in a file of its own. It is made with its panel, says what it adds, and calls
 * `panel.requestUpdate()` when that has changed. What is large comes by `import()` when it is asked for.
 */
export interface Feature {
  /** For the menu and the command palette. */
  actions?(): PanelAction[];
  /** Between the header and the editor: what stands there all the time. */
  banner?(): unknown;
  /** In the same place, a word to the reader: of those that there are only the first feature's is shown. */
  notice?(): unknown;
  /** Buttons in the bar over the output. */
  tools?(): unknown;
  /** Below the bar, above the output. */
  results?(): TemplateResult | unknown;
  /** Before a run is sent off; may change the job, and may wait. */
  beforeRun?(job: Job): void | Promise<void>;
  /** When the program itself begins, with Python, files and packages there. */
  started?(): void;
  /** When the program begins to wait for a line of the reader, and when it goes on. */
  onAsk?(waits: boolean): void;
  /** When the reader or the page stops a run. */
  onStop?(): void;
  /** After a run of this panel that was not replaced by another one. */
  afterRun?(result: RunResult): void;
  /** When the reader changed the program or its files. */
  onEdit?(): void;
  onReset?(): void;
  /** Before another program of the author's comes. */
  onLeave?(): void;
  /** When a program of the author's has come. */
  onAuthor?(code: string): void;
  /** Once, when editor and output are there. */
  ready?(): void;
  /** After the panel has been drawn. */
  updated?(): void;
  connected?(): void;
  disconnected?(): void;
}

/** What all the features add in one place. */
export function contributions<K extends 'actions' | 'banner' | 'tools' | 'results'>(features: Feature[], place: K) {
  return features.flatMap((feature) => feature[place]?.() ?? []) as K extends 'actions' ? PanelAction[] : unknown[];
}

/** The one word to the reader that is shown. */
export function firstNotice(features: Feature[]): unknown {
  for (const feature of features) {
    const notice = feature.notice?.() ?? nothing;
    if (notice !== nothing) return notice;
  }
  return nothing;
}
