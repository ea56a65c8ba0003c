/**
 * The activations that differ in a formula only, each once. A function of nn.functional and a layer of nn come from an entry, in
 * Python and, where it says so, in JavaScript (generate/activations.mjs).
 *
 * name: the function; an op's where it is one. layer: the class. doc: the text of both.
 * options: what it takes besides its input, with defaults as Python text; 'None': the function wants it.
 * inplace: it may write over its input. torch: torch has the function as well.
 * formula: calls of ops and of other activations over `x` and the options. Left out: the function is written by hand.
 * node: the name of its graph node, where several ops make it up; inplaceNode: where it has written over its input.
 * fields: what the layer has besides its options. prints: 'values' without names, or 'nothing'; else options by name.
 * javascript: JavaScript has the layer, and the function where no op has its name; or the function only.
 *
 * @typedef {{name: string, layer: string, doc: string, options?: Record<string, string>, inplace?: boolean, torch?: boolean,
 *   formula?: string, node?: string, inplaceNode?: string, fields?: Record<string, string>, prints?: 'values' | 'nothing',
 *   javascript?: boolean | 'function'}} Activation
 */

/** @type {Activation[]} */
export const activations = [
  { name: 'sigmoid', layer: 'Sigmoid', doc: '1 / (1 + e⁻ˣ).', formula: 'sigmoid(x)', javascript: true },
  { name: 'tanh', layer: 'Tanh', doc: 'tanh x.', formula: 'tanh(x)', javascript: true },
  { name: 'logsigmoid', layer: 'LogSigmoid', doc: 'log σ(x).', formula: 'logsigmoid(x)', javascript: true },
  { name: 'softsign', layer: 'Softsign', doc: 'x / (1 + |x|).', formula: 'div(x, add(abs(x), 1))' },
  { name: 'tanhshrink', layer: 'Tanhshrink', doc: 'x - tanh(x).', formula: 'sub(x, tanh(x))' },
  { name: 'relu', layer: 'ReLU', torch: true, doc: 'max(x, 0).', inplace: true, formula: 'relu(x)', javascript: true },
  {
    name: 'relu6',
    layer: 'ReLU6',
    doc: 'x cut to [0, 6].',
    inplace: true,
    formula: 'hardtanh(x, 0.0, 6.0)',
    fields: { min_val: '0.0', max_val: '6.0' },
    javascript: 'function',
  },
  { name: 'silu', layer: 'SiLU', doc: 'x σ(x).', inplace: true, formula: 'silu(x)', javascript: true },
  {
    name: 'mish',
    layer: 'Mish',
    doc: 'x tanh(softplus(x)).',
    inplace: true,
    formula: 'mul(x, tanh(softplus(x)))',
    node: 'MishBackward0',
    javascript: true,
  },
  {
    name: 'selu',
    layer: 'SELU',
    torch: true,
    doc: 'The self-normalising ELU.',
    inplace: true,
    formula: 'mul(elu(x, 1.6732632423543772), 1.0507009873554805)',
    node: 'EluBackward0',
    javascript: true,
  },
  {
    name: 'hardsigmoid',
    layer: 'Hardsigmoid',
    doc: '(x + 3) / 6 cut to [0, 1].',
    inplace: true,
    formula: 'div(hardtanh(add(x, 3), 0.0, 6.0), 6)',
    node: 'HardsigmoidBackward0',
    prints: 'nothing',
  },
  {
    name: 'hardswish',
    layer: 'Hardswish',
    doc: 'x hardsigmoid(x).',
    inplace: true,
    formula: 'mul(x, hardsigmoid(x))',
    node: 'HardswishBackward0',
    prints: 'nothing',
  },
  {
    name: 'elu',
    layer: 'ELU',
    doc: 'x, and alpha (eˣ - 1) where below zero.',
    options: { alpha: '1.0' },
    inplace: true,
    formula: 'elu(x, alpha)',
    inplaceNode: 'EluBackward1',
    javascript: true,
  },
  {
    name: 'celu',
    layer: 'CELU',
    torch: true,
    doc: 'x, and alpha (e^(x/alpha) - 1) where below zero.',
    options: { alpha: '1.0' },
    inplace: true,
    formula: 'mul(elu(div(x, alpha), 1.0), alpha)',
    node: 'CeluBackward0',
  },
  {
    name: 'leaky_relu',
    layer: 'LeakyReLU',
    doc: 'x, times negative_slope where below zero.',
    options: { negative_slope: '0.01' },
    inplace: true,
    formula: 'leaky_relu(x, negative_slope)',
    inplaceNode: 'LeakyReluBackward1',
    javascript: true,
  },
  {
    name: 'hardtanh',
    layer: 'Hardtanh',
    doc: 'x cut to [min_val, max_val].',
    options: { min_val: '-1.0', max_val: '1.0' },
    inplace: true,
    formula: 'hardtanh(x, min_val, max_val)',
  },
  {
    name: 'threshold',
    layer: 'Threshold',
    doc: 'x, and value where x <= threshold.',
    options: { threshold: 'None', value: 'None' },
    inplace: true,
    formula: 'masked_fill(x, le(x, threshold), value)',
    node: 'ThresholdBackward0',
  },
  {
    name: 'gelu',
    layer: 'GELU',
    doc: 'x Φ(x).',
    options: { approximate: '"none"' },
  },
  { name: 'glu', layer: 'GLU', doc: 'a σ(b) for the two halves a, b of dim.', options: { dim: '-1' } },
  {
    name: 'softplus',
    layer: 'Softplus',
    doc: 'log(1 + e^(beta x)) / beta.',
    options: { beta: '1.0', threshold: '20.0' },
    formula: 'softplus(x, beta, threshold)',
    javascript: true,
  },
  {
    name: 'hardshrink',
    layer: 'Hardshrink',
    torch: true,
    doc: 'x, and 0 where |x| <= lambd.',
    options: { lambd: '0.5' },
    formula: 'masked_fill(x, le(abs(x), lambd), 0)',
    node: 'HardshrinkBackward0',
    prints: 'values',
  },
  {
    name: 'softshrink',
    layer: 'Softshrink',
    doc: 'x moved towards zero by lambd.',
    options: { lambd: '0.5' },
    prints: 'values',
  },
];
