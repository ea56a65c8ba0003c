import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { type Compartment, EditorState, type Extension, Prec } from '@codemirror/state';
import {
  type Command,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  tooltips,
} from '@codemirror/view';
import { type EditorOptions, editorLabel } from './editor';
import { errorMark } from './error-mark';
import { languageAtHand } from './languages';
import { searchOnDemand } from './search-on-demand';
import { theme } from './theme';

/** What helps while one writes; undefined until it is loaded. */
export type Assistant = typeof import('./assistance') | undefined;

/** Places in a document for what comes later. */
export interface Places {
  language: Compartment;
  assistance: Compartment;
}

/** What a document has in the editor. */
export function extensionsOf(
  name: string,
  places: Places,
  options: EditorOptions,
  assistant: () => Assistant,
  askForNames: Command,
): Extension {
  const { describedBy, onRun } = options;
  const run = (view: EditorView) => {
    assistant()?.closeNotes(view);
    onRun();
    return true;
  };
  return [
    Prec.highest(keymap.of([{ key: 'Mod-Enter', run, preventDefault: true }])),
    tabFocus(options, assistant),
    tooltips({ parent: tooltipPlace(options.root) }),
    lineNumbers(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    searchOnDemand(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    indentUnit.of('    '),
    EditorState.tabSize.of(4),
    places.language.of(languageAtHand(name)),
    places.assistance.of(assistant()?.assistance(name, options) ?? []),
    theme,
    errorMark,
    // Until the assistant is there, which has this key as well.
    keymap.of([{ key: 'Ctrl-Space', run: askForNames }]),
    keymap.of([indentWithTab, ...historyKeymap, ...defaultKeymap]),
    EditorView.contentAttributes.of({
      tabindex: '0',
      'aria-label': editorLabel(name),
      'aria-describedby': describedBy,
    }),
  ];
}

/** Lists and notes may be larger than the editor, so they are not inside of it. */
function tooltipPlace(root: ShadowRoot): HTMLElement {
  const there = root.querySelector<HTMLElement>('.editor-tooltips');
  if (there) return there;
  const place = document.createElement('div');
  place.className = 'editor-tooltips';
  root.append(place);
  return place;
}

/** Escape makes Tab leave the editor until the next other key or the next visit. */
function tabFocus(options: EditorOptions, assistant: () => Assistant): Extension {
  const set = (view: EditorView, leaves: boolean) => {
    view.setTabFocusMode(leaves);
    options.onTabMode(leaves);
  };
  const passing = new Set(['Escape', 'Tab', 'Shift']);
  return EditorView.domEventHandlers({
    keydown: (event, view) => {
      // With a list open, Escape closes that.
      if (event.key === 'Escape') set(view, !assistant()?.isListOpen(view.state));
      else if (!passing.has(event.key)) set(view, false);
      return false;
    },
    blur: (_event, view) => set(view, false),
  });
}
