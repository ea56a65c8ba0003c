// What a tensor's memory holds, byte by byte.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { startPython } from './pyodide.mjs';

const { find } = await startPython();

test('bytes go out of a tensor in row-major order and come back as the same values', () => {
  const found = find(`
import struct
from torch import _C, _tensor
x = torch.arange(6.).reshape(2, 3).t()
data = _C.to_bytes(x._h)
found.append(struct.unpack("<6f", data))
for buffer in (data, bytearray(data), memoryview(data)):
    found.append(_tensor.wrap(_C.from_bytes(torch.float32.code, buffer, 3, 2)).tolist() == x.tolist())
y = torch.tensor([-1, 2**62, 7])
found.append(_tensor.wrap(_C.from_bytes(1, _C.to_bytes(y._h), 3)).tolist() == y.tolist())
none = torch.zeros(0, 3)
found.append(_C.to_bytes(none._h) == b"")
found.append(_tensor.wrap(_C.from_bytes(3, struct.pack("d", 0.1))).item())
try:
    _C.from_bytes(2, b"1234", 2)
except RuntimeError as error:
    found.append(str(error))
`);
  assert.deepEqual(found, [
    [0, 3, 1, 4, 2, 5],
    true,
    true,
    true,
    true,
    true,
    0.1,
    '[engine] got 4 bytes, the shape needs 8',
  ]);
});
