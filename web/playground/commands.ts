import type { PanelAction } from '../panel/feature';
import { pressed } from '../ui/keys';
import { recall, remember } from './storage';

/** Something that the reader can do on this page: the panel's own actions, and those of the page around it. */
export interface Command extends Omit<PanelAction, 'group'> {
  /** The heading in the palette and in the keyboard map. */
  group: string;
  /** A line below the label. */
  about?: string;
  /** Not in the palette, which it would open from itself. */
  onlyKeys?: boolean;
}

type Source = () => Command[];

const headings: Record<PanelAction['group'], string> = {
  panel: 'Program',
  share: 'Share',
  file: 'Files',
  view: 'View',
  help: 'Help',
};

/** All that can be done here, in one place: what the palette lists, the keyboard map explains and keys start. */
export class Commands {
  private readonly sources: Source[] = [];
  /** Whether keys without Ctrl or ⌘, such as `?`, count. */
  plainKeys = recall('plain-keys') !== 'off';

  add(source: Source): void {
    this.sources.push(source);
  }

  addPanel(panel: { readonly actions: PanelAction[] }): void {
    this.add(() => panel.actions.map((action) => ({ ...action, group: headings[action.group] })));
  }

  /** Every command, whether it makes sense now or not. */
  all(): Command[] {
    return this.sources.flatMap((source) => source());
  }

  /** Those that make sense now. */
  available(): Command[] {
    return this.all().filter((command) => command.available?.() ?? true);
  }

  setPlainKeys(on: boolean): void {
    this.plainKeys = on;
    remember('plain-keys', on ? null : 'off');
  }

  /** Starts commands by their keys, wherever the focus is. */
  listen(): void {
    addEventListener('keydown', (event) => {
      if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return;
      if (isPlain(event) && (!this.plainKeys || writes(event))) return;
      const command = this.available().find(({ keys }) => keys && pressed(event, keys));
      if (!command) return;
      event.preventDefault();
      if (!event.repeat) void command.run();
    });
  }
}

/** A sign that would be text in a field; function keys are none. */
const isPlain = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) =>
  key?.length === 1 && !ctrlKey && !metaKey && !altKey;

function writes(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}
