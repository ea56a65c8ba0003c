import { type Extension, Prec, StateEffect, StateField, type Transaction } from '@codemirror/state';
import { type EditorView, keymap, showTooltip, type Tooltip, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import { askAt, inText } from './help';

/** How a call goes on, as unroll/editor/explain.py tells it. */
interface Signature {
  name: string;
  parameters: string[];
  /** The parameter at the cursor; null where none is. */
  active: number | null;
  doc: string;
}

const show = StateEffect.define<Tooltip | null>();

/** The effect that closes it. */
export const closeSignature = show.of(null);

const shown = StateField.define<Tooltip | null>({
  create: () => null,
  update(tooltip, transaction) {
    const effect = transaction.effects.find((effect) => effect.is(show));
    if (effect) return effect.value;
    return tooltip && { ...tooltip, pos: transaction.changes.mapPos(tooltip.pos) };
  },
  provide: (field) => showTooltip.from(field),
});

/** Asks again while the cursor is in the call, a moment after each change. */
const follower = ViewPlugin.fromClass(
  class {
    /** Whether a call is being typed. */
    private open = false;
    private timer: ReturnType<typeof setTimeout> | undefined;

    update({ view, docChanged, selectionSet, transactions, focusChanged }: ViewUpdate): void {
      if (transactions.some((transaction) => transaction.effects.some((effect) => effect.is(show) && !effect.value)))
        this.open = false;
      const begins = transactions.some(opens);
      this.open ||= begins;
      if (!this.open || !(docChanged || selectionSet || focusChanged)) return;
      clearTimeout(this.timer);
      if (view.hasFocus) this.timer = setTimeout(() => void refresh(view), begins ? 0 : 60);
      else this.timer = setTimeout(() => view.dispatch({ effects: closeSignature }));
    }

    destroy(): void {
      clearTimeout(this.timer);
    }
  },
);

/** Whether a bracket of a call or a comma was typed. */
function opens(transaction: Transaction): boolean {
  let found = false;
  if (transaction.isUserEvent('input.type'))
    transaction.changes.iterChanges((_fromA, _toA, _fromB, _toB, text) => {
      found ||= /^(\(\)?|,)$/.test(text.toString());
    });
  return found;
}

async function refresh(view: EditorView): Promise<void> {
  const { doc, selection } = view.state;
  const { head } = selection.main;
  const signature = inText(view.state, head) ? null : await askAt<Signature>(view.state, 'signature', head);
  if (view.state.doc !== doc || view.state.selection.main.head !== head) return;
  view.dispatch({ effects: show.of(signature && tooltip(head, signature)) });
}

function tooltip(pos: number, signature: Signature): Tooltip {
  return { pos, above: true, create: () => ({ dom: view(signature) }) };
}

/** `LSTM(input_size, hidden_size, …)` with the parameter at the cursor in bold. */
function view({ name, parameters, active, doc }: Signature): HTMLElement {
  const dom = document.createElement('div');
  dom.className = 'cm-signature';
  const line = document.createElement('code');
  line.append(`${name}(`);
  parameters.forEach((text, index) => {
    const part = document.createElement(index === active ? 'strong' : 'span');
    part.textContent = text;
    line.append(index > 0 ? ', ' : '', part);
  });
  line.append(')');
  const note = document.createElement('p');
  note.textContent = doc;
  dom.append(line, ...(doc ? [note] : []));
  return dom;
}

/** The parameters of the call that is being typed; Escape closes it. */
export const signatureHelp: Extension = [
  shown,
  follower,
  Prec.high(
    keymap.of([
      {
        key: 'Escape',
        run: (view) => {
          if (!view.state.field(shown)) return false;
          view.dispatch({ effects: closeSignature });
          return true;
        },
      },
    ]),
  ),
];
