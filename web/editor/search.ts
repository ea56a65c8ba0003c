import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';

const panel = '.cm-panel.cm-search';

const look = EditorView.theme({
  '.cm-panels': { backgroundColor: 'var(--_raised)', color: 'var(--_text)', fontFamily: 'var(--_sans)' },
  '.cm-panels-bottom': { borderTop: '1px solid var(--_border)' },
  [panel]: { padding: '6px 46px 6px 12px' },
  [`${panel} .cm-textfield, ${panel} .cm-button, ${panel} label`]: {
    minHeight: '32px',
    margin: '3px 8px 3px 0',
    fontSize: '13px',
    verticalAlign: 'middle',
  },
  [`${panel} .cm-textfield, ${panel} .cm-button`]: {
    padding: '0 10px',
    background: 'var(--_surface)',
    border: '1px solid var(--_border-strong)',
    borderRadius: '7px',
  },
  [`${panel} .cm-textfield`]: { width: 'min(12em, 100%)', color: 'inherit', fontFamily: 'var(--_mono)' },
  [`${panel} .cm-button:hover`]: { borderColor: 'var(--_accent)' },
  [`${panel} label`]: { display: 'inline-flex', alignItems: 'center', gap: '5px' },
  [`${panel} input[type=checkbox]`]: { width: '18px', height: '18px', margin: '0', accentColor: 'var(--_accent)' },
  [`${panel} button[name=close]`]: {
    top: '9px',
    right: '8px',
    minWidth: '32px',
    minHeight: '32px',
    color: 'var(--_muted)',
    fontSize: '20px',
  },
  '.cm-searchMatch': { backgroundColor: 'var(--_selection)', outline: '1px solid var(--_border-strong)' },
  '.cm-searchMatch-selected': { outline: '2px solid var(--_accent)' },
  '@media (pointer: coarse)': {
    [`${panel} .cm-textfield, ${panel} .cm-button, ${panel} label, ${panel} button[name=close]`]: {
      minWidth: '44px',
      minHeight: '44px',
    },
    // Smaller text in a field makes phones zoom in.
    [`${panel} .cm-textfield`]: { fontSize: '16px' },
    [panel]: { paddingRight: '58px' },
  },
});

const words = EditorState.phrases.of({
  next: 'Next',
  previous: 'Previous',
  all: 'All',
  'match case': 'Match case',
  regexp: 'Regular expression',
  'by word': 'Whole words',
  replace: 'Replace',
  'replace all': 'Replace all',
  close: 'Close the search',
});

/** Search in the editor, and the other places of a selected word. */
export const search = [highlightSelectionMatches(), keymap.of(searchKeymap), look, words];

export { searchKeymap };
