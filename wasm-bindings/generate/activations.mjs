// The activations of table/activations.mjs as functions and layers, in Python and in JavaScript.
import { activations } from '../table/activations.mjs';
import { camel, docComment } from './js-names.mjs';

const optionsOf = ({ options = {} }) => Object.entries(options);

/** A formula with the ops and activations that it calls spelled by `call(name)`, and its options by `option(name)`. */
function spelled(formula, call, option) {
  return formula.replace(/[a-z]\w*(?=(\()?)/g, (name, calls) => {
    if (calls) return call(name);
    return name === 'x' ? 'input' : option(name);
  });
}

function pythonFunction(entry, isOp) {
  const parameters = optionsOf(entry).map(([name, value]) => (value === 'None' ? name : `${name}=${value}`));
  const list = ['input', ...parameters, ...(entry.inplace ? ['inplace=False'] : [])].join(', ');
  const value = spelled(
    entry.formula,
    (name) => (isOp(name) ? `_ops.${name}` : name),
    (name) => name,
  );
  const result = entry.node ? `named(${value}, "${entry.node}")` : value;
  const node = entry.inplaceNode ? `, "${entry.inplaceNode}"` : '';
  const whole = entry.inplace ? `inplace_over(input, ${result}, inplace${node})` : result;
  return `${entry.torch ? '@function\n' : ''}def ${entry.name}(${list}):\n    """${entry.doc}"""\n    return ${whole}`;
}

const tuple = (parts) => (parts.length ? `(${parts.join(', ')},)` : '()');

function pythonLayer({ layer, name, doc, inplace, fields = {}, prints = '', ...entry }) {
  const options = [...optionsOf(entry), ...(inplace ? [['inplace', 'False']] : [])];
  const pairs = (list) => tuple(list.map(([key, value]) => `("${key}", ${value})`));
  return `    ("${layer}", "${name}", """${doc}""", ${pairs(options)}, ${pairs(Object.entries(fields))}, "${prints}"),`;
}

/**
 * The text of torch/nn/_activation_table.py: the functions, and what modules/activation.py makes layers of.
 * @param {object[]} table the op table
 */
export function pythonActivations(table) {
  const names = new Set(table.map((row) => row.name));
  const isOp = (name) => names.has(name);
  const functions = activations.filter(({ formula }) => formula).map((entry) => pythonFunction(entry, isOp));
  return `"""Activations that differ in a formula only. Generated from wasm-bindings/table/activations.mjs."""

from .. import _ops
from .._method_table import function
from ._common import inplace as inplace_over
from ._common import named

#: (layer, function, text, options, fields, what it prints) of each layer.
LAYERS = (
${activations.map(pythonLayer).join('\n')}
)


${functions.join('\n\n\n')}
`;
}

/** The text of an entry, with JavaScript's names of its options. */
const javascriptDoc = (entry) =>
  docComment(optionsOf(entry).reduce((doc, [name]) => doc.replaceAll(name, camel(name)), entry.doc));

function javascriptFunction(entry, isOp) {
  const value = spelled(entry.formula, (name) => `${isOp(name) ? 'ops.' : ''}${camel(name)}`, camel);
  return `${javascriptDoc(entry)}
export function ${camel(entry.name)}(input: Tensor): Tensor {
  return ${value};
}`;
}

function javascriptLayer(entry, isOp) {
  const options = optionsOf(entry).map(([name, value]) => ({ name, field: camel(name), value: Number(value) }));
  const call = `${isOp(entry.name) ? 'ops' : 'F'}.${camel(entry.name)}`;
  const lines = options.map(({ field }) => `  readonly ${field}: number;`);
  if (options.length) {
    const defaults = options.map(({ field, value }) => `${field} = ${value}`).join(', ');
    const types = options.map(({ field }) => `${field}?: number`).join('; ');
    const set = options.map(({ field }) => `\n    this.${field} = ${field};`).join('');
    lines.push('', `  constructor({ ${defaults} }: { ${types} } = {}) {\n    super();${set}\n  }`, '');
  }
  const given = options.map(({ field }) => `, this.${field}`).join('');
  lines.push(`  override forward(input: Tensor): Tensor {\n    return ${call}(input${given});\n  }`);
  if (options.length) {
    const shown = options.map(({ name, field }) => `${name}=\${floatText(this.${field})}`).join(', ');
    lines.push('', `  override extraRepr(): string {\n    return \`${shown}\`;\n  }`);
  }
  return `${javascriptDoc(entry)}\nexport class ${entry.layer} extends Plain {\n${lines.join('\n')}\n}`;
}

const head = '// Activations that differ in a formula only. Generated from wasm-bindings/table/activations.mjs.';
const source = '../../../wasm-bindings/js/torch';

/** The text of activation-functions.ts: those that no op has the name of. */
export function jsActivationFunctions(table) {
  const names = new Set(table.map((row) => row.name));
  const isOp = (name) => names.has(name);
  const shown = activations.filter(({ name, javascript }) => javascript && !isOp(name));
  return `${head}
import type { Tensor } from '${source}/tensor.ts';
import * as ops from './ops.ts';

${shown.map((entry) => javascriptFunction(entry, isOp)).join('\n\n')}
`;
}

/** The text of activation-layers.ts. */
export function jsActivationLayers(table) {
  const names = new Set(table.map((row) => row.name));
  const shown = activations.filter(({ javascript }) => javascript === true);
  return `${head}
import { floatText, Plain } from '${source}/nn/plain.ts';
import type { Tensor } from '${source}/tensor.ts';
import * as F from './activation-functions.ts';
import * as ops from './ops.ts';

${shown.map((entry) => javascriptLayer(entry, (name) => names.has(name))).join('\n\n')}
`;
}
