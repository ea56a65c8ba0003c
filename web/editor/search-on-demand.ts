import { Compartment, type Extension } from '@codemirror/state';
import { type Command, type EditorView, type KeyBinding, keymap } from '@codemirror/view';

const keys = ['Mod-f', 'F3', 'Shift-F3', 'Mod-g', 'Shift-Mod-g', 'Mod-Alt-g', 'Mod-d', 'Mod-Shift-l'];

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
          commandOf(key, searchKeymap)?.(view);
        },
        // The browser's own search takes the keys from now on.
        () => view.dispatch({ effects: place.reconfigure([]) }),
      );
      return true;
    },
  }));
  return place.of(keymap.of(bindings));
}

function commandOf(key: string, bindings: readonly KeyBinding[]): Command | undefined {
  const plain = key.replace(/^Shift-/, '');
  const binding = bindings.find((binding) => binding.key === plain);
  return key === plain ? binding?.run : binding?.shift;
}
