import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** Colours come from the panel's CSS variables, so light and dark need no second theme. */
const look = EditorView.theme({
  '&': { color: 'var(--_text)', backgroundColor: 'transparent', fontSize: 'var(--_code-size)', height: '100%' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--_mono)', lineHeight: '1.6', overflow: 'auto' },
  '.cm-content': { padding: '14px 0', caretColor: 'var(--_accent)' },
  '.cm-line': { padding: '0 18px 0 10px' },
  '.cm-gutters': { backgroundColor: 'var(--_surface)', color: 'var(--_faint)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 8px 0 16px', minWidth: '2.4em' },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine': { backgroundColor: 'var(--_line)' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLineGutter': { color: 'var(--_text)' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--_accent)', borderLeftWidth: '2px' },
  '.cm-selectionBackground': { backgroundColor: 'var(--_selection)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': { backgroundColor: 'var(--_selection)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--_selection)',
    outline: '1px solid var(--_border-strong)',
  },
  '.cm-errorLine, &.cm-focused .cm-errorLine': { backgroundColor: 'var(--_error-soft)' },
  '.cm-errorGutter': { color: 'var(--_error)', fontWeight: '700' },
  '.cm-errorGutter::before': {
    content: '"●"',
    position: 'absolute',
    left: '5px',
    fontSize: '0.65em',
    lineHeight: '2.4',
  },
  '.cm-squiggle': {
    textDecoration: 'underline wavy var(--_error)',
    textDecorationSkipInk: 'none',
    textUnderlineOffset: '3px',
  },
  '.cm-tooltip': {
    color: 'var(--_text)',
    backgroundColor: 'var(--_raised)',
    border: '1px solid var(--_border-strong)',
    borderRadius: '9px',
    boxShadow: '0 6px 24px rgb(0 0 0 / 18%)',
    font: '13px/1.5 var(--_sans)',
    zIndex: '20',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--_mono)', maxHeight: '15em', minWidth: '12em' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 10px 3px 6px', lineHeight: '1.5' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    color: 'var(--_text)',
    backgroundColor: 'var(--_selection)',
  },
  '.cm-completionIcon-keyword::after': { content: '"◇"' },
  '.cm-completionIcon': { color: 'var(--_muted)', opacity: '1' },
  '.cm-completionMatchedText': { color: 'var(--_accent)', textDecoration: 'none', fontWeight: '700' },
  '.cm-completionDetail': { color: 'var(--_muted)', fontStyle: 'normal' },
  '.cm-tooltip.cm-completionInfo': { padding: '0', maxWidth: 'min(320px, 90vw)' },
  // It would cover the list.
  '@media (max-width: 560px)': { '.cm-tooltip.cm-completionInfo': { display: 'none' } },
  '.cm-about > *': { borderRadius: '8px' },
  '.cm-explanation, .cm-signature, .cm-failure': { padding: '8px 12px', maxWidth: 'min(520px, 88vw)' },
  '.cm-explanation': { maxHeight: '16em', overflow: 'auto' },
  '.cm-explanation p, .cm-signature p': { margin: '6px 0 0', color: 'var(--_muted)', whiteSpace: 'pre-line' },
  '.cm-explanation code, .cm-signature code': { fontFamily: 'var(--_mono)', fontSize: '12.5px', color: 'var(--_text)' },
  '.cm-signature strong': { color: 'var(--_accent)' },
  '.cm-failure': { margin: '0', color: 'var(--_error)', backgroundColor: 'var(--_error-soft)' },
});

const colours = HighlightStyle.define([
  {
    tag: [tags.keyword, tags.operatorKeyword, tags.moduleKeyword, tags.controlKeyword],
    color: 'var(--_syntax-keyword)',
  },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--_syntax-string)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--_syntax-number)' },
  { tag: tags.comment, color: 'var(--_syntax-comment)', fontStyle: 'italic' },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: 'var(--_syntax-function)' },
  { tag: [tags.className, tags.definition(tags.className)], color: 'var(--_syntax-class)' },
  { tag: [tags.self, tags.meta], color: 'var(--_syntax-self)' },
  { tag: tags.invalid, color: 'var(--_error)' },
]);

/** The editor's look and syntax colours. */
export const theme: Extension = [look, syntaxHighlighting(colours)];
