import { mod } from '../../ui/keys';
import type { PanelAction } from '../feature';

interface Panel {
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly isBusy: boolean;
  run(): Promise<unknown>;
  stop(): Promise<void>;
  askReset(): Promise<void>;
  focus(): void;
}

/** What has a button or a place of its own in the panel: for the command palette and the keyboard map, not for the menu. */
export function ownActions(panel: Panel): PanelAction[] {
  const part = (selector: string) => panel.renderRoot.querySelector<HTMLElement>(selector);
  const group = 'panel';
  const [idle, busy] = [() => !panel.isBusy, () => panel.isBusy];
  return [
    { id: 'run', label: 'Run code', keys: `${mod}+Enter`, group, available: idle, run: () => panel.run() },
    { id: 'stop', label: 'Stop', keys: `${mod}+.`, group, available: busy, run: () => panel.stop() },
    { id: 'reset', label: 'Reset program and output', group, run: () => panel.askReset() },
    { id: 'focus-editor', label: 'Go to the editor', keys: 'Alt+1', group, run: () => panel.focus() },
    { id: 'focus-output', label: 'Go to the output', keys: 'Alt+2', group, run: () => part('.output')?.focus() },
  ];
}
