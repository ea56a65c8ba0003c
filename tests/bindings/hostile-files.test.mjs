// Files that were made to hurt the JavaScript reader: each ends at once, in a RuntimeError that says what is wrong.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32 } from 'node:zlib';
import * as torch from '../../build/npm/unroll.js';

const bytes = (text) => Buffer.from(text, 'latin1');
const uint = (value, size) => {
  const out = Buffer.alloc(size);
  out.writeUIntLE(value, 0, Math.min(size, 6));
  return out;
};

/** A zip whose entries are stored as they are. */
function zip(entries) {
  const [parts, central] = [[], []];
  let offset = 0;
  for (const [name, data] of entries) {
    const common = [
      uint(0, 4),
      uint(0, 2),
      uint(0, 4),
      uint(crc32(data), 4),
      uint(data.length, 4),
      uint(data.length, 4),
    ];
    const fields = Buffer.concat([...common, uint(name.length, 2), uint(0, 2)]);
    central.push(bytes('PK\x01\x02\0\0'), fields, Buffer.alloc(10), uint(offset, 4), bytes(name));
    parts.push(bytes('PK\x03\x04'), fields, bytes(name), data);
    offset += 4 + fields.length + name.length + data.length;
  }
  const directory = Buffer.concat(central);
  const counts = [
    uint(0, 4),
    uint(entries.length, 2),
    uint(entries.length, 2),
    uint(directory.length, 4),
    uint(offset, 4),
  ];
  return Buffer.concat([...parts, directory, bytes('PK\x05\x06'), ...counts, uint(0, 2)]);
}

/** A .pt file with this pickle, from behind the protocol to before the end, and 16 bytes as the storage 0. */
const pt = (pickle, values = new Float32Array([1, 2, 3, 4])) =>
  zip([
    ['archive/data.pkl', bytes(`\x80\x02${pickle}.`)],
    ['archive/data/0', Buffer.from(values.buffer)],
  ]);
const text = (value) => `X${uint(Buffer.byteLength(value), 4).toString('latin1')}${bytes(value).toString('latin1')}`;
const global = (module, name) => `c${module}\n${name}\n`;
const number = (value) => {
  const out = Buffer.alloc(8);
  out.writeBigInt64LE(BigInt(value));
  return `\x8a\x08${out.toString('latin1')}`;
};
const group = (...items) => `(${items.join('')}t`;
const storage = ({ kind = 'FloatStorage', key = text('0'), count = number(4) } = {}) =>
  `${group(text('storage'), global('torch', kind), key, text('cpu'), count)}Q`;
const tensor = ({ offset = number(0), size = [4], stride = [1], place = storage() } = {}) => {
  const lists = [size, stride].map((list) => group(...list.map(number)));
  return `${global('torch._utils', '_rebuild_tensor_v2')}${group(place, offset, ...lists, '\x89', 'N')}R`;
};
const dict = (...entries) => `}(${entries.map(([name, value]) => text(name) + value).join('')}u`;

const read = (file) => {
  try {
    return torch.load(new Uint8Array(file));
  } catch (error) {
    return error;
  }
};

const deep = 100_000;
const pickles = {
  'the byte c': 'c',
  'a name without its second line': 'ctorch\n',
  nothing: '',
  'a text that ends': 'X\xff\xff\xff\xffab',
  'a number that ends': 'J\x01',
  'a long number that ends': '\x8a\xff',
  'an opcode that runs code': `cos\nsystem\n(${text('true')}tR${'i'}`,
  'an unknown opcode': '\x95',
  'an object': `${global('torch', 'Tensor')})\x81`,
  'a call of a text': `${text('eval')})R`,
  'a call without arguments': `${global('torch', 'Tensor')}]R`,
  'a call of nothing': ')R',
  'a value that was never kept': 'h\x05',
  'no mark': 't',
  'no mark for a list': ']e',
  'no mark for a dict': '}u',
  'marks without an end': '('.repeat(deep),
  'a tuple of too few': 'N\x86',
  'an item of a list': ']NNs',
  'an element of a dict': '}Na',
  'a name without a value': `}(${text('a')}u`,
  'the state of a list': ']Nb',
  'a list': ']',
  'a list in itself': ']q\x00h\x00a',
  'a dict in itself': `}q\x00${text('a')}h\x00s`,
  'lists in lists': ']'.repeat(deep) + 'a'.repeat(deep - 1),
  'tuples in tuples': `)${'\x85'.repeat(deep)}`,
  'a name that is a list': '}]Ns',
  'a name that is deep': `}]${']'.repeat(deep)}${'a'.repeat(deep)}Ns`,
  'a number as a tensor': dict(['a', 'K\x01']),
  'a parameter of a parameter': dict([
    'a',
    `${global('torch._utils', '_rebuild_parameter').repeat(9)}${tensor()}${'\x85R'.repeat(9)}`,
  ]),
  'a function in place of a tensor': dict(['a', `${global('torch', 'load')})R`]),
};
const tensors = {
  'too many elements': { size: [5] },
  'strides that lead out': { stride: [2] },
  'an offset behind the end': { offset: number(1) },
  'an offset below zero': { offset: number(-1) },
  'an offset that is no number': { offset: 'N' },
  'an offset with a fraction': { offset: `G\x3f\xe0${'\0'.repeat(6)}` },
  'a size below zero': { size: [-1] },
  'a stride below zero': { stride: [-1] },
  'huge sizes': { size: [2 ** 50, 2 ** 50], stride: [0, 0] },
  'a huge size and none': { size: [0, 2 ** 50, 2 ** 50], stride: [1, 1, 1] },
  'a huge stride': { size: [5], stride: [2n ** 62n] },
  'a huge offset': { offset: number(2n ** 62n) },
  'more strides than sizes': { size: [4], stride: [1, 1] },
  'more dimensions than there are': { size: Array(deep).fill(1), stride: Array(deep).fill(1) },
  'a storage that is a number': { place: 'K\x01' },
  'a storage by a number': { place: 'K\x01Q' },
  'a storage by nothing': { place: ')Q' },
  'a storage of another kind': { place: `${group(text('module'), 'N', 'N', 'N', 'N')}Q` },
  'a storage of no class': { place: storage({ kind: '__proto__' }) },
  'a storage that is not there': { place: storage({ key: text('1') }) },
  'a storage of a deep name': { place: storage({ key: ']'.repeat(deep) + 'a'.repeat(deep - 1) }) },
  'a storage of too many elements': { place: storage({ count: number(5) }) },
  'a storage of a huge number of elements': { place: storage({ count: number(2n ** 62n) }) },
  'a storage of less than nothing': { place: storage({ count: number(-1) }) },
  'a storage without a count': { place: storage({ count: ']'.repeat(deep) + 'a'.repeat(deep - 1) }) },
};

test('a hostile pickle is refused at once', () => {
  for (const [label, pickle] of Object.entries(pickles)) {
    const error = read(pt(pickle));
    assert.equal(error?.name, 'RuntimeError', `${label}: ${error}`);
  }
  for (let opcode = 0; opcode < 256; ++opcode) {
    const error = read(pt(`${String.fromCharCode(opcode).repeat(3)}N`));
    assert.equal(error?.name, 'RuntimeError', `opcode ${opcode}: ${error}`);
  }
});

test('a tensor that does not lie in its storage is refused', () => {
  for (const [label, place] of Object.entries(tensors)) {
    const error = read(pt(dict(['a', tensor(place)])));
    assert.equal(error?.name, 'RuntimeError', `${label}: ${error}`);
    assert.ok(error.message.length < 1000, label);
  }
});

test('what fits is read: parts, repeated values, tensors that share a storage, and any name', () => {
  const part = { offset: number(1), size: [2], stride: [2] };
  const state = read(
    pt(
      dict(
        ['__proto__', tensor(part)],
        ['constructor', tensor()],
        ['none', tensor({ size: [0], offset: number(9) })],
        ['again', tensor({ size: [2], stride: [0] })],
      ),
    ),
  );
  assert.equal(Object.getPrototypeOf(state), Object.prototype);
  assert.deepEqual(
    Object.entries(state).map(([name, value]) => [name, value.tolist()]),
    [
      ['__proto__', [2, 4]],
      ['constructor', [1, 2, 3, 4]],
      ['none', []],
      ['again', [1, 1]],
    ],
  );
  for (const format of ['pt', 'safetensors'])
    assert.deepEqual(Object.keys(torch.load(torch.save(state, { format }))).sort(), Object.keys(state).sort());
  assert.throws(
    () => new torch.nn.Linear(1, 1).loadStateDict(state),
    /Unexpected key\(s\).*"__proto__", "constructor"/,
  );
  const flags = read(
    pt(dict(['a', tensor({ place: storage({ kind: 'BoolStorage' }) })]), new Uint8Array([0, 1, 2, 255])),
  );
  assert.deepEqual([...flags.a.toTypedArray()].map(Number), [0, 1, 1, 1]);
});

test('a file that ends early, or a byte of which changed, is a RuntimeError or read', () => {
  for (const format of ['pt', 'safetensors']) {
    const whole = torch.save({ a: torch.arange(3), b: torch.ones(2, 2) }, { format });
    for (let size = 0; size < whole.length; size += 3)
      assert.equal(read(whole.subarray(0, size))?.name, 'RuntimeError', `${format}, ${size} bytes`);
    for (let at = 0; at < whole.length; at += 1) {
      const changed = whole.slice();
      changed[at] ^= 0xff;
      const found = read(changed);
      assert.ok(!(found instanceof Error) || found.name === 'RuntimeError', `${format}, byte ${at}: ${found}`);
    }
  }
  assert.match(
    read(
      zip([
        ['a/data.pkl', bytes('\x80\x02}.')],
        ['a/byteorder', bytes('big')],
      ]),
    ).message,
    /big-endian/,
  );
});

test('a safetensors file whose header lies is refused', () => {
  const file = (header, values = 1, length = undefined) => {
    const head = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
    return Buffer.concat([uint(length ?? head.length, 6), uint(0, 2), head, Buffer.alloc(values, 1)]);
  };
  const one = ({ dtype = 'U8', shape = [1], offsets = [0, 1] } = {}) => ({ dtype, shape, data_offsets: offsets });
  const lists = '['.repeat(deep);
  const headers = [
    ...[
      [-1, 0],
      [0, 2 ** 60],
      [0],
      [0, 1, 1],
      ['0', '1'],
      [false, true],
      [null, 1],
      [[0], 1],
      [1, 0],
      [1, 2],
      null,
      {},
      1,
    ].map((offsets) => ({ a: one({ offsets }) })),
    ...[[-1], [1.5], [2 ** 60], [[1]], ['1'], 1, null, Array(deep).fill(1), [2]].map((shape) => ({
      a: one({ shape }),
    })),
    ...[null, 'X', ['U8'], 1, '__proto__'].map((dtype) => ({ a: one({ dtype }) })),
    ...[null, 1, 'U8', [], {}].map((entry) => ({ a: entry })),
    '{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1.0]}}',
    '{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1e0]}}',
    '{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"\\u0061":{"dtype":"I8","shape":[1],"data_offsets":[0,1]}}',
    '{"__metadata__":{},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"__metadata__":{}}',
    { a: one(), __metadata__: { by: 1 } },
    { a: one(), __metadata__: [] },
    lists,
    lists + ']'.repeat(deep),
    `{"a":${lists}${']'.repeat(deep)}}`,
    `{"a":{"dtype":${lists}${']'.repeat(deep)}}}`,
    ...['[]', '1', 'null', '"a"', '', '\xff', '\ufeff{}'],
  ];
  for (const header of headers) {
    const error = read(file(header));
    assert.equal(error?.name, 'RuntimeError', `${JSON.stringify(header).slice(0, 200)}: ${error}`);
    assert.ok(error.message.length < 1000);
  }
  const two = (offsets) => ({ a: one({ shape: [2], offsets: [0, 2] }), b: one({ shape: [2], offsets }) });
  for (const [header, values] of [
    [two([1, 3]), 3],
    [two([3, 5]), 5],
    [two([2, 4]), 5],
    [two([2, 4]), 3],
    [{ a: one({ shape: [2 ** 32, 2 ** 32], offsets: [0, 0] }) }, 0],
    [{ a: one({ shape: [0, 2 ** 50, 2 ** 50], offsets: [0, 0] }) }, 0],
  ])
    assert.equal(read(file(header, values))?.name, 'RuntimeError', JSON.stringify(header));
  for (const length of [0xff_ff_ff_ff_ff, 3, 0]) assert.equal(read(file({}, 0, length))?.name, 'RuntimeError');
  assert.deepEqual(
    Object.keys(read(file(`{"__proto__":${JSON.stringify(one())},"__metadata__":{"by":"1.5e-3: [}"}}`))),
    ['__proto__'],
  );
});
