import { closeBrackets, closeBracketsKeymap, closeCompletion, completionStatus } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { type Compartment, EditorState, type Extension, Prec } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  tooltips,
} from '@codemirror/view';
import { completion, pythonNames } from './completion';
import { type EditorOptions, editorLabel } from './editor';
import { errorMark } from './error-mark';
import { help } from './help';
import { closeHover, hover } from './hover';
import { isPython, languageAtHand } from './languages';
import { searchOnDemand } from './search-on-demand';
import { closeSignature, signatureHelp } from './signature-help';
import { syntaxCheck } from './syntax-check';
import { theme } from './theme';

/** What a document has in the editor; `language` is the place for a language that comes later. */
export function extensionsOf(name: string, language: Compartment, options: EditorOptions): Extension {
  const { describedBy, onRun } = options;
  const run = (view: EditorView) => {
    closeNotes(view);
    onRun();
    return true;
  };
  return [
    Prec.highest(keymap.of([{ key: 'Mod-Enter', run, preventDefault: true }])),
    tabFocus(options),
    tooltips({ parent: tooltipPlace(options.root) }),
    lineNumbers(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    searchOnDemand(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    indentUnit.of('    '),
    EditorState.tabSize.of(4),
    language.of(languageAtHand(name)),
    isPython(name) ? pythonHelp(name, options) : [],
    theme,
    errorMark,
    hover,
    keymap.of([...closeBracketsKeymap, indentWithTab, ...historyKeymap, ...defaultKeymap]),
    EditorView.contentAttributes.of({
      tabindex: '0',
      'aria-label': editorLabel(name),
      'aria-describedby': describedBy,
    }),
  ];
}

function pythonHelp(name: string, options: EditorOptions): Extension {
  const main = name === options.name;
  return [help.of({ help: options.help, main }), completion(pythonNames), signatureHelp, syntaxCheck];
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
function tabFocus(options: EditorOptions): Extension {
  const set = (view: EditorView, leaves: boolean) => {
    view.setTabFocusMode(leaves);
    options.onTabMode(leaves);
  };
  const passing = new Set(['Escape', 'Tab', 'Shift']);
  return EditorView.domEventHandlers({
    keydown: (event, view) => {
      // With a list open, Escape closes that.
      if (event.key === 'Escape') set(view, completionStatus(view.state) !== 'active');
      else if (!passing.has(event.key)) set(view, false);
      return false;
    },
    blur: (_event, view) => set(view, false),
  });
}

/** Closes lists and notes: before another document is shown, and when the program runs. */
export function closeNotes(view: EditorView): void {
  closeCompletion(view);
  view.dispatch({ effects: [closeSignature, ...closeHover] });
}
