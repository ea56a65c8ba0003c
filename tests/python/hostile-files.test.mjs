// Files that were made to hurt: they run nothing, take no memory that is not theirs, and end in an ordinary error.
// What real PyTorch says to such files is in tests/golden/programs/hostile_files.py.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { startPython } from './pyodide.mjs';

const { find } = await startPython();

/** Python that makes pickles, and gives what came of a file: [type of the error, its last line] or ['loaded', text]. */
const tools = `
import io, pickle, struct, zipfile
def text(value): return b"X" + struct.pack("<I", len(value)) + value.encode()
def name(module, attribute): return f"c{module}\\n{attribute}\\n".encode()
def number(value): return b"\\x8a\\x10" + value.to_bytes(16, "little", signed=True)
def group(*items): return b"(" + b"".join(items) + b"t"
def call(module, attribute, *arguments): return name(module, attribute) + group(*arguments) + b"R"
def zipped(body, values=bytes(16)):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for record, content in {"data.pkl": b"\\x80\\x02" + body + b".", "byteorder": b"little", "data/0": values}.items():
            archive.writestr("archive/" + record, content)
    return file.getvalue()
def legacy(body, count=4, said=4, values=bytes(16)):
    head = [pickle.dumps(part, 2) for part in (0x1950A86A20F9469CFC6C, 1001, {})]
    return b"".join([*head, b"\\x80\\x02", body, b".", pickle.dumps(["0"], 2), struct.pack("<q", said), values])
def storage(kind="Float", count=4, *view): return group(text("storage"), name("torch", kind + "Storage"), text("0"), text("cpu"), number(count), *view) + b"Q"
def tensor(offset=0, size=(4,), stride=(1,), place=None, kind="_rebuild_tensor_v2"):
    sizes = [group(*map(number, numbers)) for numbers in (size, stride)]
    return call("torch._utils", kind, place or storage(), number(offset), *sizes, b"\\x89", b"N")
def outcome(read, data):
    try:
        value = read(data)
        return ["loaded", str(value)[:60]]
    except Exception as error:
        return [type(error).__name__, str(error).split("error: ")[-1].split("\\n")[0]]
def load(data): return torch.load(io.BytesIO(data))
`;

const outcomes = (code) => find(tools + code);
const types = (found) => found.map(([type]) => type);

test('torch.load gives a file no function, module or class, and lets it change none', () => {
  const found = outcomes(`
import builtins
ran = []
builtins.ran_by_a_file = ran.append
class Evil:
    def __reduce__(self): return eval, ("ran_by_a_file(1)",)
def layout(value): return call("torch.serialization", "_get_layout", text(value))
def slots(**attributes): return b"N}(" + b"".join(text(key) + value for key, value in attributes.items()) + b"u\\x86b"
inner = zipped(pickle.dumps(Evil(), 2)[2:-1])
whole = layout("compile") + slots(__defaults__=b"B" + struct.pack("<I", len(inner)) + inner + b"\\x85") + b"0"
whole += layout("layout") + slots(__new__=layout("load"), read=layout("compile"), seek=b"N") + b")}" + text("weights_only") + b"\\x89s\\x92"
item = torch.Tensor.item
for body in (layout("load"), layout("serialization"), layout("Tensor"), whole, name("torch", "Tensor") + slots(item=name("_codecs", "encode"))):
    found.append(outcome(load, zipped(body)))
for protocol in range(6):
    found.append(outcome(load, zipped(pickle.dumps(Evil(), protocol)[:-1])))
    found.append(outcome(load, pickle.dumps(0x1950A86A20F9469CFC6C, 2) + pickle.dumps(1001, 2) + pickle.dumps({}, 2) + pickle.dumps(Evil(), protocol)))
found.append([len(ran), torch.Tensor.item is item])
`);
  assert.deepEqual(found.at(-1), [0, true]);
  assert.deepEqual(types(found.slice(0, 5)), ['KeyError', 'KeyError', 'KeyError', 'KeyError', 'UnpicklingError']);
  assert.ok(found.slice(5, -1).every(([type]) => type === 'UnpicklingError'));
});

test('a tensor lies inside of its storage, and a storage inside of its file', () => {
  const found = outcomes(`
for place in ((0, (5,), (1,)), (1, (4,), (1,)), (0, (4,), (2,)), (-1, (1,), (1,)), (0, (-1,), (1,)), (0, (4,), (-1,)), (0, (2,), (1, 1)), (0, (2**40,), (1,)), (2**40, (1,), (1,))):
    found.append(outcome(load, zipped(tensor(*place))))
for count in (5, 2**40, 2**70, -1):
    found.append(outcome(load, zipped(tensor(place=storage("Float", count)))))
    found.append(outcome(load, legacy(tensor(place=storage("Float", count, b"N")), said=count % 2**62)))
found.append(outcome(load, legacy(tensor(place=storage("Float", 4, b"N")), said=5)))
found.append(outcome(load, legacy(tensor(place=storage("Float", 4, b"N")), values=bytes(15))))
found.append(outcome(load, legacy(tensor(0, (3,), (1,), storage("Float", 4, group(text("1"), number(2), number(2)))))))
before = torch.load(io.BytesIO(zipped(tensor())))
found.append(outcome(load, zipped(call("torch._utils", "_rebuild_parameter_with_state", tensor(), b"\\x88", b"N", b"}" + text("_h") + number(before._h) + b"s"))))
flags = torch.load(io.BytesIO(zipped(tensor(0, (4,), (1,), storage("Bool")), bytes([0, 1, 2, 255]))))
found.append(flags.to(torch.uint8).tolist())
`);
  assert.deepEqual(found.pop(), [0, 1, 1, 1]);
  assert.ok(
    found.every(([type]) => ['RuntimeError', 'TypeError', 'OverflowError'].includes(type)),
    JSON.stringify(found),
  );
  assert.match(found[9][1], /unexpected EOF, expected 4 more bytes/);
  assert.match(found.at(-1)[1], /_h is the tensor itself/);
});

test('values that lie deep in each other are refused: freeing or hashing them would end Python', () => {
  const found = outcomes(`
many = 100_000
grow = b"]q\\x01h\\x00h\\x01ah\\x01q\\x00"
for body in (b"]" * many + b"a" * (many - 1), b")" + b"\\x85" * many, b"})" + b"\\x85" * many + b"K\\x01s", b"]q\\x00q\\x02" + grow * many + b"h\\x02", b"(" * many):
    found.append(outcome(load, zipped(body)))
found.append(outcome(load, zipped(b"]" * 400 + b"a" * 399)))
found.append(outcome(load, zipped(b"]q\\x00h\\x00a")))
`);
  const deep = ['UnpicklingError', 'Values lie more than 1000 deep in each other'];
  assert.deepEqual(found.slice(0, 4), Array(4).fill(deep));
  assert.deepEqual(types(found.slice(4)), ['IndexError', 'loaded', 'loaded']);
});

test('a file that ends early is an ordinary error, wherever it ends', () => {
  const found = outcomes(`
import numpy
from safetensors.torch import load as load_safe, save as save_safe
npy = io.BytesIO()
numpy.save(npy, numpy.arange(3.0))
state = {"a": torch.arange(3.0), "b": torch.ones(2, 2)}
whole, old = io.BytesIO(), io.BytesIO()
torch.save(state, whole)
torch.save(state, old, _use_new_zipfile_serialization=False)
for read, data in ((load, whole.getvalue()), (load, old.getvalue()), (load_safe, save_safe(state)), (lambda data: numpy.load(io.BytesIO(data)), npy.getvalue())):
    step = max(1, len(data) // 150)
    found.append([outcome(read, data[:size])[0] for size in range(0, len(data), step)].count("loaded"))
    found.append(outcome(read, data)[0])
`);
  assert.deepEqual(found, [0, 'loaded', 0, 'loaded', 0, 'loaded', 0, 'loaded']);
});

test('a safetensors file whose table lies is a SafetensorError in the words of its library', () => {
  const found = outcomes(`
import json
from safetensors import safe_open
from safetensors.torch import load as load_safe, load_file
def file_of(table, values=1, size=None):
    data = (table if isinstance(table, str) else json.dumps(table)).encode("utf-8", "surrogatepass")
    return struct.pack("<Q", len(data) if size is None else size) + data + bytes(values)
def one(shape=(1,), offsets=(0, 1), dtype="U8"): return {"dtype": dtype, "shape": shape, "data_offsets": offsets}
deep = "[" * 100_000
for data in (
    file_of({"a": one(offsets=(-1, 0))}), file_of({"a": one(offsets=(0, 1.0))}), file_of({"a": one(offsets=(0, 2**80))}),
    file_of({"a": one(offsets=(0,))}), file_of({"a": one(offsets=("0", "1"))}), file_of({"a": one(offsets=(False, True))}),
    file_of({"a": one(offsets=None)}), file_of({"a": one(shape=(-1,))}), file_of({"a": one(shape=(1.0,))}), file_of({"a": one(shape=1)}),
    file_of({"a": one(dtype=["U8"])}), file_of({"a": one(dtype="X")}), file_of({"a": 1}), file_of({"a": {}}), file_of("[]"), file_of("1"),
    file_of(deep), file_of(deep + "]" * 100_000), file_of('{"a":' + deep + "]" * 100_000 + "}"),
    file_of('{"a": %s, "a": %s}' % ((json.dumps(one()),) * 2)), file_of({"__metadata__": {"a": 1}}, 0), file_of({"__metadata__": []}, 0),
):
    found.append(outcome(load_safe, data)[1].removeprefix("Error while deserializing: "))
found.append("|")
for data in (
    file_of({"a": one(offsets=(1, 2))}, 2), file_of({"a": one(offsets=(1, 0))}), file_of({"a": one((2,), (0, 2)), "b": one((2,), (1, 3))}, 3),
    file_of({"a": one()}, 2), file_of({"a": one()}, 0), file_of({"a": one((2,))}), file_of({"a": one((2**32, 2**32), (0, 0))}, 0),
    file_of({"a": one((0, 2**62, 4), (0, 0))}, 0), file_of({}, 0, 100_000_001), file_of({}, 0, 2**63), file_of({}, 0, 3), file_of("\\udcff"), b"1234567",
):
    kind, message = outcome(load_safe, data)
    found.append(message.removeprefix("Error while deserializing: "))
    open("lie.safetensors", "wb").write(data)
    assert outcome(load_file, "lie.safetensors") == [kind, message.replace("deserializing:", "deserializing header:")], message
    assert kind == "SafetensorError", kind
found.append(outcome(load_safe, file_of({"__proto__": one(), "a": one(offsets=(1, 2)), "e": one((0, 5), (1, 1))}, 2)))
found.append(outcome(load_safe, file_of({"a": one((1,), (0, 2), "U16")}, 2)))
`);
  const bar = found.indexOf('|');
  assert.deepEqual(found.slice(0, bar), Array(22).fill('InvalidHeaderDeserialization'));
  assert.deepEqual(found.slice(bar + 1, -2), [
    'InvalidOffset("a")',
    'InvalidOffset("a")',
    'InvalidOffset("b")',
    'MetadataIncompleteBuffer',
    'MetadataIncompleteBuffer',
    'TensorInvalidInfo',
    'ValidationOverflow',
    'ValidationOverflow',
    'HeaderTooLarge',
    'HeaderTooLarge',
    'InvalidHeaderLength',
    'InvalidHeader',
    'HeaderTooSmall',
  ]);
  assert.equal(found.at(-2)[0], 'loaded');
  assert.deepEqual(found.at(-1), ['SafetensorError', 'dtype U16 is not part of Unroll; save the tensor as F32']);
});

test('a .npy file whose header lies is a ValueError in the words of NumPy', () => {
  const found = outcomes(`
import numpy
def npy(header, values=bytes(8), version=(1, 0), size=None):
    data = header.encode()
    return b"\\x93NUMPY" + bytes(version) + struct.pack("<H", len(data) if size is None else size) + data + values
def header(descr="'<f8'", order="False", shape="(1,)"): return "{'descr': %s, 'fortran_order': %s, 'shape': %s}" % (descr, order, shape)
def load_npy(data): return numpy.load(io.BytesIO(data)).tolist()
for data in (
    npy(header()), b"", b"nothing", npy(header(), version=(9, 9)), npy(header(), size=1000), npy("(" * 9000), npy(" " * 20_000), npy("[]"), npy("{'descr': 1}"),
    npy(header(shape="(-1,)")), npy(header(shape="(1.5,)")), npy(header(shape="1")), npy(header(order="1")), npy(header(descr="'no'")),
    npy(header(shape="(2,)")), npy(header(shape="(2**40,)")), npy(header(shape="(1099511627776,)")), npy(header(descr="'|O'")), npy("__import__('os')"),
):
    found.append(outcome(load_npy, data))
both = io.BytesIO()
numpy.save(both, numpy.arange(2))
numpy.save(both, numpy.ones(1))
both.seek(0)
found.append([numpy.load(both).tolist(), numpy.load(both).tolist()])
`);
  assert.deepEqual(found.shift(), ['loaded', '[0.0]']);
  assert.deepEqual(found.pop(), [[0, 1], [1]]);
  assert.equal(found[0][0], 'EOFError');
  assert.ok(
    found.slice(1).every(([type]) => type === 'ValueError'),
    JSON.stringify(found),
  );
  const words = (i) => found[i][1];
  assert.equal(words(2), 'we only support format version (1,0), (2,0), and (3,0), not (9, 9)');
  assert.match(words(3), /^EOF: reading array header, expected 1000 bytes got \d+$/);
  assert.match(words(5), /^Header info length \(20000\) is large and may not be safe to load securely/);
  assert.equal(words(15), 'EOF: reading array data, expected 8796093022208 bytes got 8');
  assert.equal(words(16), 'Object arrays cannot be loaded when allow_pickle=False');
});
