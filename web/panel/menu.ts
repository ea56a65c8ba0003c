import { html, nothing, type TemplateResult } from 'lit';
import { icons } from '../ui/icons';
import { keyCaps } from '../ui/keys';
import type { PanelAction } from './feature';

/** Actions of one group stand together; those with buttons of their own are not in the menu. */
const order: PanelAction['group'][] = ['file', 'share', 'view', 'help'];

/** The menu behind ⋯ in the header: what the reader can do besides running. Nothing where there is nothing to do. */
export function menu(actions: PanelAction[]): TemplateResult | typeof nothing {
  const shown = actions.filter(({ available }) => available?.() ?? true);
  const items = order.flatMap((group) => shown.filter((action) => action.group === group));
  if (items.length === 0) return nothing;
  return html`
    <button
      class="ghost more"
      part="button menu-button"
      type="button"
      popovertarget="menu"
      aria-haspopup="menu"
      aria-label="More"
      title="More"
      @keydown=${openByArrow}
    >
      ${icons.more}
    </button>
    <div
      class="menu"
      part="menu"
      id="menu"
      role="menu"
      aria-label="More"
      popover="auto"
      @keydown=${onKey}
      @beforetoggle=${onToggle}
      @toggle=${focusFirst}
    >
      ${items.map((action, i) => item(action, i > 0 && items[i - 1].group !== action.group))}
    </div>
  `;
}

function item({ label, keys, run }: PanelAction, isFirstOfGroup: boolean): TemplateResult {
  const choose = (event: Event) => {
    (event.currentTarget as HTMLElement).closest<HTMLElement>('.menu')?.hidePopover();
    void run();
  };
  return html`
    ${isFirstOfGroup ? html`<hr role="separator" />` : nothing}
    <button type="button" role="menuitem" part="menu-item" tabindex="-1" aria-keyshortcuts=${keys ?? nothing} @click=${choose}>
      <span>${label}</span>${keys ? html`<kbd aria-hidden="true">${keyCaps(keys).join(' ')}</kbd>` : nothing}
    </button>
  `;
}

const itemsOf = (popup: Element) => [...popup.querySelectorAll<HTMLElement>('[role=menuitem]')];

function openByArrow(event: KeyboardEvent): void {
  if (event.key !== 'ArrowDown') return;
  event.preventDefault();
  ((event.currentTarget as HTMLElement).nextElementSibling as HTMLElement).showPopover();
}

/** Opens in its place; gives the focus back to its button when it closes. */
function onToggle(event: Event): void {
  const popup = event.currentTarget as HTMLElement;
  const button = popup.previousElementSibling as HTMLElement;
  if ((event as ToggleEvent).newState === 'open') place(popup, button);
  else if (popup.contains((popup.getRootNode() as ShadowRoot).activeElement)) button.focus();
}

/** At the button's end, below it; above it where more room is there. */
function place(popup: HTMLElement, button: HTMLElement): void {
  const { left, right, top, bottom } = button.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const isBelow = bottom < clientHeight * 0.6;
  const isRtl = getComputedStyle(button).direction === 'rtl';
  Object.assign(popup.style, {
    left: isRtl ? `${Math.max(8, left)}px` : 'auto',
    right: isRtl ? 'auto' : `${Math.max(8, clientWidth - right)}px`,
    top: isBelow ? `${bottom + 4}px` : 'auto',
    bottom: isBelow ? 'auto' : `${clientHeight - top + 4}px`,
    maxHeight: `${(isBelow ? clientHeight - bottom : top) - 12}px`,
  });
}

function focusFirst(event: Event): void {
  if ((event as ToggleEvent).newState === 'open') itemsOf(event.currentTarget as HTMLElement)[0]?.focus();
}

function onKey(event: KeyboardEvent): void {
  const popup = event.currentTarget as HTMLElement;
  const items = itemsOf(popup);
  const at = items.indexOf(event.target as HTMLElement);
  const byLetter = () =>
    [...items.slice(at + 1), ...items.slice(0, at + 1)].find((one) =>
      one.innerText.trim().toLowerCase().startsWith(event.key.toLowerCase()),
    );
  const next: Record<string, () => HTMLElement | undefined> = {
    ArrowDown: () => items[(at + 1) % items.length],
    ArrowUp: () => items[(at + items.length - 1) % items.length],
    Home: () => items[0],
    End: () => items[items.length - 1],
  };
  if (event.key === 'Tab') {
    popup.hidePopover();
    return;
  }
  const target = next[event.key]?.() ?? (/^\S$/.test(event.key) ? byLetter() : undefined);
  if (!target) return;
  event.preventDefault();
  target.focus();
}
