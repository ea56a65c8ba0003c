"""Files of torch.load that nobody saved: what is taken, what is refused and in which words."""

import collections
import io
import pickle
import struct
import warnings
import zipfile

import torch

warnings.simplefilter("always")


# a small assembler of pickles


def text(value):
    data = value.encode("utf-8", "surrogatepass")
    return b"X" + struct.pack("<I", len(data)) + data


def name(module, attribute):
    return f"c{module}\n{attribute}\n".encode()


def number(value):
    return b"\x8a\x10" + value.to_bytes(16, "little", signed=True)


def group(*items):
    return b"(" + b"".join(items) + b"t"


def call(module, attribute, *arguments):
    return name(module, attribute) + group(*arguments) + b"R"


def state(**attributes):
    return b"}(" + b"".join(text(key) + value for key, value in attributes.items()) + b"u"


def storage(kind="FloatStorage", key=None, place=None, count=4, module="torch", view=b""):
    parts = [key or text("0"), place or text("cpu"), number(count)]
    return group(text("storage"), name(module, kind), *parts, view) + b"Q"


EMPTY = call("collections", "OrderedDict")
FALSE, TRUE, NONE = b"\x89", b"\x88", b"N"


def parts(offset=0, size=(4,), stride=(1,), place=None):
    sizes = [group(*map(number, numbers)) for numbers in (size, stride)]
    return [place or storage(), number(offset), *sizes]


def tensor(*args, **kwargs):
    return call("torch._utils", "_rebuild_tensor_v2", *parts(*args, **kwargs), FALSE, EMPTY)


VALUES = struct.pack("<4f", 1, 2, 3, 4)


def zipped(body, **records):
    file = io.BytesIO()
    records = {"data.pkl": body, "byteorder": b"little", "data/0": VALUES, "version": b"3\n"} | records
    with zipfile.ZipFile(file, "w") as archive:
        for record, content in records.items():
            archive.writestr(f"archive/{record}", content)
    return file.getvalue()


def legacy(body, keys=("0",), magic=0x1950A86A20F9469CFC6C, version=1001):
    head = [pickle.dumps(part, 2) for part in (magic, version, {"little_endian": True})]
    data = (struct.pack("<q", 4) + VALUES) * len(keys)
    return b"".join([*head, body, pickle.dumps(list(keys), 2), data])


# what comes out


def shown(error):
    kind, message = type(error).__name__, str(error)
    if kind not in ("UnpicklingError", "RuntimeError", "NotImplementedError"):
        return kind
    message = message.split("WeightsUnpickler error: ")[-1].split("from a trusted source.\n")[-1]
    message = message.replace("torch._C._TensorMeta", "type").split("\n\nCheck the doc")[0]
    return f"{kind}: {message}"


def outcome(data, **options):
    with warnings.catch_warnings(record=True) as told:
        try:
            value = torch.load(io.BytesIO(data), **options)
            result = f"{type(value).__name__} {value!r}".replace("\n", " ")
        except Exception as error:
            result = shown(error)
    notes = [str(note.message) for note in told if "protocol" in str(note.message)]
    return " | ".join([result, *notes])


def show(title, cases, wrap):
    print(f"-- {title}")
    for label, body in cases.items():
        print(f"{label}: {outcome(wrap(body))}")


def pickled(body):
    return b"\x80\x02" + body + b"."


def in_zip(body):
    return zipped(pickled(body))


def in_legacy(body):
    keys = ["0"] if b"storage" in body else []
    return legacy(pickled(body.replace(b"tQ", b"NtQ")), keys)


# the cases

GLOBALS = [
    ("os", "system"), ("posix", "system"), ("nt", "system"), ("sys", "modules"), ("builtins", "eval"),
    ("builtins", "getattr"), ("__builtin__", "eval"), ("__builtin__", "set"), ("copy_reg", "_reconstructor"),
    ("torch", "load"), ("torch", "nn.Module"), ("torch", "serialization"), ("torch.serialization", "load"),
    ("torch.storage", "_load_from_bytes"), ("torch.nn", "Linear"), ("torch.storage", "FloatStorage"),
    ("torch", "Tensor.item"), ("torch._utils", "_import_dotted_name"), ("torch.hub", "load"), ("", ""),
    ("collections", "OrderedDict.__init__"), ("pickle", "loads"), ("numpy", "ndarray"), ("torch", "_C"),
]  # fmt: skip
TAKEN = {
    "a tensor": tensor(),
    "a part of a storage": tensor(1, (2,), (2,)),
    "a value repeated": tensor(0, (3,), (0,)),
    "no elements, far away": tensor(100, (0,), (1,)),
    "a storage of the GPU's class": tensor(place=storage("FloatStorage", module="torch.cuda")),
    "sizes in lists": call("torch._utils", "_rebuild_tensor_v2", storage(), number(0), b"](K\x02e", b"](K\x01e", FALSE, EMPTY),
    "bytes as a tensor": tensor(0, (3,), (1,), storage("UntypedStorage", module="torch.storage", count=16)),
    "a tensor of another dtype": call(
        "torch._utils", "_rebuild_tensor_v3", storage("UntypedStorage", module="torch.storage", count=16),
        *parts(0, (1,))[1:], FALSE, EMPTY, name("torch", "float64"),
    ),
    "rebuild_tensor": call("torch._utils", "_rebuild_tensor", *parts()),
    "a parameter": call("torch._utils", "_rebuild_parameter", tensor(), TRUE, EMPTY),
    "a parameter with state": call("torch._utils", "_rebuild_parameter_with_state", tensor(), TRUE, EMPTY, state(a=TRUE)),
    "a tensor with state": call(
        "torch._tensor", "_rebuild_from_type_v2", name("torch._utils", "_rebuild_tensor_v2"),
        name("torch", "Tensor"), group(*parts(), FALSE, EMPTY), state(a=TRUE),
    ),
    "an old tensor": name("torch", "Tensor") + b")\x81" + group(*parts()) + b"b",
    "an old FloatTensor": name("torch", "FloatTensor") + b")\x81" + group(*parts()) + b"b",
    "a new parameter": name("torch.nn.parameter", "Parameter") + group(tensor()) + b"\x81",
    "a parameter's old state": name("torch.nn.parameter", "Parameter") + group(tensor()) + b"\x81" + group(FALSE, NONE, EMPTY) + b"b",
    "an older state": name("torch.nn.parameter", "Parameter") + b")\x81" + group(tensor(), NONE, NONE, FALSE, EMPTY) + b"b",
    "an OrderedDict with state": EMPTY + text("a") + b"K\x01s" + state(_metadata=NONE) + b"b",
    "a Counter": call("collections", "Counter", b"}" + text("a") + b"K\x02s"),
    "a Counter with state": call("collections", "Counter") + state(a=TRUE) + b"b",
    "a set": call("builtins", "set", b"](K\x01K\x02e"),
    "an empty set": b"\x8f",
    "bytes": call("_codecs", "encode", text("é"), text("latin1")),
    "a bytearray": call("builtins", "bytearray", call("_codecs", "encode", text("ab"), text("latin1"))),
    "a complex number": call("builtins", "complex", b"K\x01", b"K\x02"),
    "a Size": call("torch", "Size", b"](K\x02K\x03e"),
    "a device": call("torch", "device", text("cpu")),
    "dtypes": group(*(name("torch", dtype) for dtype in ("float32", "complex64", "uint8", "bool"))),
    "a layout": call("torch.serialization", "_get_layout", text("torch.strided")),
    "a global alone": name("collections", "OrderedDict"),
    "numbers": group(b"K\xff", b"M\xff\xff", b"J\xff\xff\xff\xff", b"\x8a\x00", b"\x8a\x09" + b"\xff" * 8 + b"\x00", b"G" + struct.pack(">d", 2.5)),
    "texts": group(text(""), text("é"), b"U\x02ab", text("x" * 5)),
    "a surrogate": b"X\x03\x00\x00\x00\xed\xa0\x80",
    "the memo": b"]q\x01r\x02\x01\x00\x00h\x01j\x02\x01\x00\x00\x86\x86",
    "a list in itself": b"]q\x00h\x00a",
    "protocol 3": b"\x80\x03K\x01",
    "protocol 255": b"\x80\xffK\x01",
    "a name of Python 2": call("__builtin__", "set"),
    "the state of an OrderedDict as pairs": EMPTY + b"]b",
    "what stands under the result": b"K\x01K\x02",
    "a value written into a tensor": tensor() + b"K\x00K\x09s",
}  # fmt: skip
REFUSED = {
    "a call of nothing allowed": b"]" + group() + b"R",
    "a call of a text": text("eval") + group() + b"R",
    "a call of a dtype": name("torch", "float32") + group() + b"R",
    "a call of a storage class": call("torch", "FloatStorage"),
    "a call with a number": name("torch", "Size") + b"K\x01R",
    "an object of a dict": b"})\x81",
    "an object of a function": name("torch._utils", "_rebuild_tensor") + b")\x81",
    "the state of a list": b"]" + state(a=TRUE) + b"b",
    "the state of a dict": b"}" + state(a=TRUE) + b"b",
    "the state of a class": name("torch", "Tensor") + group(NONE, state(item=name("_codecs", "encode"))) + b"b",
    "the state of a function": name("torch._utils", "_rebuild_tensor") + group(NONE, state(__defaults__=b")")) + b"b",
    "a layout that is none": call("torch.serialization", "_get_layout", text("torch.load")),
    "a layout without its module": call("torch.serialization", "_get_layout", text("strided")),
    "a module as a layout": call("torch.serialization", "_get_layout", text("serialization")),
    "append to an OrderedDict": EMPTY + b"K\x01a",
    "append to a tuple": b")K\x01a",
    "extend an OrderedDict": EMPTY + b"(K\x01e",
    "an item of an empty list": b"]K\x00K\x01s",
    "an item of a class": name("torch", "Tensor") + b"K\x00K\x01s",
    "a key that is a list": b"}]K\x01s",
    "a key without a value": b"}(K\x01u",
    "a persistent id of the kind module": group(text("module"), NONE, NONE, NONE) + b"Q",
    "a persistent id that is a number": b"K\x01Q",
    "a persistent id that is too short": group(text("storage")) + b"Q",
    "a storage class that is none": group(text("storage"), NONE, text("0"), text("cpu"), number(4)) + b"Q",
    "a storage of no elements' number": storage(count=-1),
    "a storage on another device": storage(place=text("cuda:0")),
    "a storage nowhere": storage(place=text("nowhere")),
    "a record that is not there": storage(key=text("7")),
    "a record above the folder": storage(key=text("../../x")),
    "a tensor of a list": tensor(place=b"]"),
    "an offset below zero": tensor(-1),
    "sizes that are no numbers": call("torch._utils", "_rebuild_tensor_v2", storage(), number(0), group(text("4")), group(b"K\x01"), FALSE, EMPTY),
    "sizes that are floats": call("torch._utils", "_rebuild_tensor_v2", storage(), number(0), group(b"G" + bytes(8)), group(b"K\x01"), FALSE, EMPTY),
    "a parameter of a list": call("torch._utils", "_rebuild_parameter", b"]", TRUE, EMPTY),
    "a state of three": call("torch._utils", "_rebuild_parameter_with_state", tensor(), TRUE, EMPTY, group(NONE, NONE, NONE)),
    "a subclass of no tensor": call("torch._tensor", "_rebuild_from_type_v2", name("torch", "Tensor"), name("torch", "Size"), b")", b"}"),
    "a subclass made of a text": call("torch._tensor", "_rebuild_from_type_v2", text("x"), name("torch", "Tensor"), b")", b"}"),
    "an OrderedDict as a tensor": call("torch._tensor", "_rebuild_from_type_v2", name("collections", "OrderedDict"), name("torch", "Tensor"), b")", b"}"),
    "an encoding that is none": call("_codecs", "encode", text("a"), text("os")),
    "nothing": b"",
    "a call without a function": b")R",
    "a memo that is empty": b"h\x05",
    "a long memo that is empty": b"j\x05\x00\x00\x00",
    "nothing for the memo": b"q\x05",
    "no mark": b"t",
    "two marks": b"((",
    "a tuple of too few": b"K\x01\x86",
    "a text that ends": b"X\xff\xff\xff\xffab",
    "a number that ends": b"J\x01",
    "a text that is no UTF-8": b"X\x02\x00\x00\x00\xff\xfe",
    "a name that is no UTF-8": b"c\xff\nx\n",
}  # fmt: skip
for module, attribute in GLOBALS:
    REFUSED[f"the name {module}.{attribute}"] = name(module, attribute)

show("taken", TAKEN, in_zip)
show("refused", REFUSED, in_zip)
show(
    "taken from the old format",
    {label: body for label, body in TAKEN.items() if b"Untyped" not in body},
    in_legacy,
)

print("-- opcodes")
known = "N\x88\x89)]}\x8f(.cXUJKMG\x8atu\x85\x86\x87aesqrhjQR\x81b\x80"
for opcode in range(256):
    if chr(opcode) not in known:
        print(opcode, outcome(zipped(b"\x80\x02" + bytes([opcode]) * 3 + b".")))

print("-- containers")
for label, data in {
    "empty": b"",
    "a text": b"hello\n",
    "the byte c": b"c",
    "the byte c in a zip": zipped(b"c"),
    "no zip at all": b"PK\x03\x04" + bytes(40),
    "a zip that ends early": in_zip(tensor())[:-30],
    "another magic number": legacy(b"", magic=1),
    "another version": legacy(b"", version=1),
    "magic that is a list": legacy(b"", magic=[]),
    "an unknown byte order": zipped(pickled(tensor()), byteorder=b"middle"),
    "a TorchScript archive": zipped(pickled(tensor()), **{"constants.pkl": b""}),
    "an old file that ends early": legacy(pickled(tensor(place=storage(view=NONE))))[:-3],
    "an old file with a part of a storage": legacy(
        pickled(tensor(0, (2,), place=storage(view=group(text("9"), number(1), number(2)))))
    ),
}.items():
    print(f"{label}: {outcome(data)}")

print("-- the words around")
for label, body in {
    "a name": name("torch.nn", "Linear"),
    "a blocked module": name("os", "system"),
    "an opcode": b"I1\n",
}.items():
    try:
        torch.load(io.BytesIO(in_zip(body)))
    except pickle.UnpicklingError as error:
        print(f"{label}: {str(error)!r}")

print("-- protocols")
saved = {"x": torch.arange(3.0), "many": list(range(3)), "b": b"ab", "text": "é", "set": {1}, "n": 2**40}
for protocol in range(6):
    for zip_format in (True, False):
        file = io.BytesIO()
        options = {"_use_new_zipfile_serialization": zip_format, "pickle_protocol": protocol}
        torch.save(saved["x"], file, **options)
        print(protocol, zip_format, outcome(file.getvalue()))
for key, value in saved.items():
    for protocol in (2, 3):
        file = io.BytesIO()
        torch.save(value, file, pickle_protocol=protocol)
        print(key, protocol, outcome(file.getvalue()))


print("-- additions")


class Box:
    def __init__(self, value=0):
        self.value = value


class Slots:
    __slots__ = ("a", "b")


class Careful:
    def __setstate__(self, state):
        self.state = state


def file_of(value):
    file = io.BytesIO()
    torch.save(value, file)
    return file.getvalue()


def names_of(data):
    return sorted(torch.serialization.get_unsafe_globals_in_checkpoint(io.BytesIO(data)))


slots, careful = Slots(), Careful()
slots.a, careful.x = 1, 2
box, many = file_of(Box(3)), file_of([Box(1), torch.ones(1), slots, collections.OrderedDict(a=Box(2))])
print(names_of(box), names_of(many), names_of(file_of(torch.ones(1))))
print(outcome(box))
with torch.serialization.safe_globals([Box]):
    print(torch.load(io.BytesIO(box)).value, names_of(box), names_of(many))
    print(Box in torch.serialization.get_safe_globals(), outcome(many))
print(Box in torch.serialization.get_safe_globals(), outcome(box))
torch.serialization.add_safe_globals([Slots, Careful, (Box, "__main__.Box"), Box])
loaded = torch.load(io.BytesIO(many))
print(loaded[0].value, loaded[2].a, loaded[3]["a"].value, torch.load(io.BytesIO(file_of(careful))).state)
torch.serialization.clear_safe_globals()
print(torch.serialization.get_safe_globals())
with torch.serialization.safe_globals([__import__("os").system, (Box, "posix.Box"), (Box, "__builtin__.Box")]):
    print(outcome(in_zip(name("os", "system"))), outcome(in_zip(name("posix", "Box"))))
    print(outcome(in_zip(name("__builtin__", "eval"))))
for items in ([(Box,)], [(Box, 1)]):
    with torch.serialization.safe_globals(items):
        print(outcome(box))
for bad in (b"no zip", zipped(b"", **{"constants.pkl": b""}), zipped(b"I1\n."), zipped(b"")):
    try:
        print(names_of(bad))
    except Exception as error:
        print(shown(error))
for options in ({"mmap": True}, {"pickle_module": pickle, "weights_only": True}):
    print(outcome(in_zip(tensor()), **options), "|", outcome(in_legacy(tensor()), **options))
