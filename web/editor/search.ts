import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { keymap } from '@codemirror/view';

/** Search in the editor, and the other places of a selected word. */
export const search = [highlightSelectionMatches(), keymap.of(searchKeymap)];

export { searchKeymap };
