import { type EditorState, type Extension, Prec, StateEffect, StateField } from '@codemirror/state';
import { closeHoverTooltips, EditorView, hoverTooltip, keymap, showTooltip, type Tooltip } from '@codemirror/view';
import { failureAt } from './error-mark';
import { explanation } from './explanation';
import { explainer, inText } from './help';

/** The key that shows what the name at the cursor is. */
export const explainKey = 'Mod-i';

const show = StateEffect.define<Tooltip | null>();

/** What the key has shown, until the cursor moves. */
const shown = StateField.define<Tooltip | null>({
  create: () => null,
  update(tooltip, transaction) {
    const effect = transaction.effects.find((effect) => effect.is(show));
    if (effect) return effect.value;
    return transaction.docChanged || transaction.selection ? null : tooltip;
  },
  provide: (field) => showTooltip.from(field),
});

/** What to say of a place: the error that is marked there, and what the name is. */
async function about(state: EditorState, position: number): Promise<(Tooltip & { text: string }) | null> {
  const failure = failureAt(state, position);
  const word = state.wordAt(position);
  const explain = word && !inText(state, word.to) ? state.facet(explainer) : null;
  const found = (await explain?.(state, word?.to ?? position)) ?? null;
  const boxes = [failure && failureBox(failure.message), found && explanation(found)].filter((box) => box !== null);
  if (boxes.length === 0) return null;
  const create = () => {
    const dom = document.createElement('div');
    dom.className = 'cm-about';
    dom.append(...boxes);
    return { dom };
  };
  const pos = word?.from ?? position;
  return { pos, end: word?.to, above: true, create, text: boxes.map((box) => box.textContent).join(' ') };
}

function failureBox(message: string): HTMLElement {
  const box = document.createElement('p');
  box.className = 'cm-failure';
  box.textContent = message;
  return box;
}

async function explain(view: EditorView): Promise<void> {
  const { state } = view;
  const tooltip = await about(state, state.selection.main.head);
  if (view.state.doc !== state.doc || view.state.selection.main.head !== state.selection.main.head) return;
  const announce = EditorView.announce.of(tooltip?.text ?? 'Nothing is known about this name.');
  view.dispatch({ effects: [show.of(tooltip), announce] });
}

/** Documentation of the name under the pointer, and by key of the one at the cursor. */
export const hover: Extension = [
  shown,
  hoverTooltip((view, position) => about(view.state, position), { hideOnChange: true }),
  Prec.high(
    keymap.of([
      {
        key: explainKey,
        preventDefault: true,
        run: (view) => {
          void explain(view);
          return true;
        },
      },
      {
        key: 'Escape',
        run: (view) => {
          if (!view.state.field(shown)) return false;
          view.dispatch({ effects: show.of(null) });
          return true;
        },
      },
    ]),
  ),
];

/** The effects that close all of this. */
export const closeHover = [show.of(null), closeHoverTooltips];
