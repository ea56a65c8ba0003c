// How JavaScript spells and types what the op table holds.
import { says } from './row-facts.mjs';

const types = {
  tensor: 'Tensor',
  tensors: 'readonly (Tensor | null)[]',
  operand: 'Tensor | number | boolean',
  int: 'number',
  float: 'number',
  bool: 'boolean',
  dtype: 'DType',
  dims: 'number | readonly number[]',
  floats: 'readonly number[]',
  text: 'string',
  none: 'void',
};
const reserved = new Set(['var', 'in', 'default', 'delete', 'function']);

/** `log_softmax` as `logSoftmax`; an underscore at the end stays. */
export const camel = (name) => name.replace(/(?<=[a-z0-9])_([a-z0-9])/g, (_, letter) => letter.toUpperCase());

/** A name that may be declared; \`var\` is exported under its own name nevertheless. */
export const declared = (name) => (reserved.has(name) ? `${name}_` : name);

/** How JavaScript spells a parameter: what the table calls self is `input` for a function. */
export const parameterName = (param) => (param.name === 'self' ? 'input' : camel(param.name));

/** The TypeScript type of a parameter. */
export function typeOf(type) {
  if (type.startsWith('enum:'))
    return type
      .slice(5)
      .split('|')
      .map((word) => `'${word}'`)
      .join(' | ');
  const optional = type.endsWith('?');
  return `${types[optional ? type.slice(0, -1) : type]}${optional ? ' | null' : ''}`;
}

/** The TypeScript type of a result. */
export function returnType(row) {
  const { returns } = row;
  if (returns === 'tensors') return 'Tensor[]';
  if (row.results === 'values, indices') return 'ValuesAndIndices';
  if (returns.startsWith('tensors:')) return '[Tensor, Tensor]';
  if (returns === 'dims') return 'number[]';
  if (says(row, 'may_be_none')) return 'Tensor | null';
  if (returns === 'dtype') return 'number';
  return types[returns];
}

const constants = { None: 'null', True: 'true', False: 'false', '()': '[]' };

/** A default of the table, which is Python text. */
export const defaultValue = (text) => constants[text] ?? text;

/** A doc comment. */
export const docComment = (text, indent = '') => `${indent}/** ${text} */`;
