import { Compartment, type Extension } from '@codemirror/state';
import { type EditorView, keymap } from '@codemirror/view';

const keys = ['Mod-f', 'F3', 'Mod-g', 'Mod-Alt-g', 'Mod-d', 'Mod-Shift-l'];

/** The keys of a search; the search itself comes when one of them is pressed for the first time. */
export function searchOnDemand(): Extension {
  const place = new Compartment();
  const bindings = keys.map((key) => ({
    key,
    preventDefault: true,
    run: (view: EditorView) => {
      import('./search').then(
        ({ search, searchKeymap }) => {
          view.dispatch({ effects: place.reconfigure(search) });
          searchKeymap.find((binding) => binding.key === key)?.run?.(view);
        },
        () => {},
      );
      return true;
    },
  }));
  return place.of(keymap.of(bindings));
}
