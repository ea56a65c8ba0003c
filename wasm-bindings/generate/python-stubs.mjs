// Type stubs for the Python functions of the op table.
import { pythonName } from './python-ops.mjs';

const types = {
  tensor: 'Tensor',
  tensors: 'Sequence[Tensor]',
  operand: 'Tensor | float',
  int: 'int',
  float: 'float',
  bool: 'bool',
  dtype: 'dtype',
  dims: 'int | Sequence[int]',
  floats: 'Sequence[float]',
  text: 'str',
  none: 'None',
};

function typeOf(type) {
  if (type.startsWith('enum:')) return 'str';
  if (type.startsWith('tensors:'))
    return `tuple[${Array(Number(type.slice(8)))
      .fill('Tensor')
      .join(', ')}]`;
  const optional = type.endsWith('?');
  return `${types[optional ? type.slice(0, -1) : type]}${optional ? ' | None' : ''}`;
}

function stub(row) {
  const params = row.params.map((param) => {
    const fallback = param.default === null ? '' : ` = ${param.default.replaceAll("'", '"')}`;
    return `${pythonName(row, param)}: ${typeOf(param.type)}${fallback}`;
  });
  const returns = row.returns === 'tensors' ? 'tuple[Tensor, ...]' : typeOf(row.returns);
  return `def ${row.name}(${params.join(', ')}) -> ${returns}: ...`;
}

/**
 * The text of torch/_ops.pyi.
 * @param {object[]} table the op table
 */
export function pythonStubs(table) {
  const head = 'from collections.abc import Sequence\n\nfrom ._dtypes import dtype\nfrom ._tensor import Tensor\n';
  return `${head}\n${table.map(stub).join('\n')}\n`;
}
