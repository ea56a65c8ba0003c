// build/generated/js/: the public functions and methods of the op table, with their types and texts: tensors come first, all
// else by place or by name in an object at the end.
import { camel, declared, docComment, parameterName, returnType, typeOf } from './js-names.mjs';
import { says } from './row-facts.mjs';

const isFunction = (row) => !says(row, 'javascript_form') && ['both', 'function'].includes(row.kind);
const isMethod = (row) => !says(row, 'javascript_form') && ['both', 'method'].includes(row.kind);

const isTensor = ({ type, default: fallback }) => /^(tensor|operand|tensors)$/.test(type) && fallback === null;

/** The parameters that stand by place and those that may come by name. */
function split(row) {
  const params = row.params.map((param) => ({
    ...param,
    spelled: parameterName(param),
    required: param.default === null,
  }));
  const count = params.findIndex((param) => !isTensor(param));
  const tensors = count < 0 ? params : params.slice(0, count);
  return { tensors, others: params.slice(tensors.length) };
}

const asParameter = (param, required = param.required) =>
  `${declared(param.spelled)}${required ? '' : '?'}: ${typeOf(param.type)}`;
const asOption = (param) => `${param.spelled}${param.required ? '' : '?'}: ${typeOf(param.type)}`;

/** The parameter lists under which a row can be called. */
function signatures(row, isMethod) {
  const { tensors, others } = split(row);
  const given = (isMethod ? tensors.slice(1) : tensors).map((param) => asParameter(param));
  if (others.length === 0) return [given];
  const options = (list) =>
    `options${list.some((param) => param.required) ? '' : '?'}: { ${list.map(asOption).join('; ')} }`;
  const lists = [[...given, options(others)]];
  const leading = Math.max(1, others.filter((param) => param.required).length);
  const first = others.slice(0, leading).map((param) => asParameter(param, true));
  const rest = others.slice(leading);
  lists.push([...given, ...first, ...(rest.length ? [options(rest)] : [])]);
  if (rest.length)
    lists.push([
      ...given,
      ...first,
      asParameter(rest[0], true),
      ...rest.slice(1).map((param) => asParameter(param, false)),
    ]);
  return lists;
}

const words = (list) => list.map((param) => `'${param.spelled}'`).join(', ');

function functionText(row) {
  const name = declared(camel(row.name));
  const result = returnType(row);
  const lists = signatures(row, false);
  const params = split(row);
  const heads = lists.map((list) => `export function ${name}(${list.join(', ')}): ${result};`);
  const body = `return ops.${name}(...(named('${camel(row.name)}', [${words([...params.tensors, ...params.others])}], given) as Parameters<typeof ops.${name}>));`;
  const last = name === camel(row.name) ? '' : `\nexport { ${name} as ${camel(row.name)} };`;
  if (params.others.length === 0) {
    const names = params.tensors.map((param) => declared(param.spelled));
    return `${docComment(row.doc)}\nexport function ${name}(${lists[0].join(', ')}): ${result} {\n  return ops.${name}(${names.join(', ')});\n}${last}`;
  }
  const texts = heads.map((head) => `${docComment(row.doc)}\n${head}`);
  return `${texts.join('\n')}\nexport function ${name}(...given: unknown[]): ${result} {\n  ${body}\n}${last}`;
}

function methodText(row, names) {
  const name = declared(camel(row.name));
  const spelled = camel(row.name);
  // What returns nothing writes over its tensor.
  const writes = row.returns === 'none';
  const result = writes ? 'this' : returnType(row);
  const lists = signatures(row, true);
  const { tensors, others } = split(row);
  const rest = [...tensors.slice(1), ...others];
  const values = others.length
    ? `...(named('${spelled}', [${words(rest)}], given) as Rest<typeof ops.${name}>)`
    : rest.map((param) => declared(param.spelled)).join(', ');
  const call = (op) => `ops.${op}(self(this)${values ? `, ${values}` : ''})`;
  const list = others.length ? '...given: unknown[]' : lists[0].join(', ');
  const heads = (method, kind, doc) =>
    others.length
      ? `${lists.map((list) => `${docComment(doc, '  ')}\n  ${method}(${list.join(', ')}): ${kind};`).join('\n')}\n`
      : `${docComment(doc, '  ')}\n`;
  const body = writes ? `${call(name)};\n    return this;` : `return ${call(name)};`;
  const texts = [`${heads(spelled, result, row.doc)}  ${spelled}(${list}): ${result} {\n    ${body}\n  }`];
  if (row.inplace && !names.has(`${row.name}_`)) {
    const doc = `${row.doc} In place.`;
    texts.push(
      `${heads(`${spelled}_`, 'this', doc)}  ${spelled}_(${list}): this {\n    return overwrite(this, ${call(name)});\n  }`,
    );
  }
  return texts.join('\n\n');
}

const all = `import { named } from '../../../wasm-bindings/js/torch/named.ts';
import type { DType } from '../../../wasm-bindings/js/torch/dtypes.ts';
import type { ValuesAndIndices } from '../../../wasm-bindings/js/torch/pairs.ts';
import type { Tensor } from '../../../wasm-bindings/js/torch/tensor.ts';
import * as ops from './ops.ts';
`;

/** A file's first lines: what it is, and those imports that its text uses. */
function withHead(what, text) {
  const used = all.split('\n').filter((line) => {
    const [, name] = /import (?:type )?{? ?(?:\* as )?(\w+)/.exec(line) ?? [];
    return name && new RegExp(`\\b${name}\\b`).test(text);
  });
  return `// ${what} of the op table. Generated by wasm-bindings/generate.mjs.\n${used.join('\n')}\n${text}\n`;
}

/** The text of functions.ts, functional.ts or linalg.ts: the functions of torch, of nn.functional, of linalg. */
export function jsFunctions(table, place = '') {
  const rows = table.filter(place ? (row) => says(row, place) : isFunction);
  return withHead('Functions', `\n${rows.map(functionText).join('\n\n')}`);
}

/** The text of tensor-methods.ts: the class below Tensor. */
export function jsMethods(table) {
  const helpers = `import { overwrite, self } from '../../../wasm-bindings/js/torch/named.ts';

type Rest<F extends (...args: never[]) => unknown> = Parameters<F> extends [unknown, ...infer R] ? R : never;

/** The methods of a tensor that are ops. */
export class TensorMethods {
`;
  const methods = table.filter(isMethod);
  const names = new Set(methods.map((row) => row.name));
  return withHead('Methods', `${helpers}${methods.map((row) => methodText(row, names)).join('\n\n')}\n}`);
}
