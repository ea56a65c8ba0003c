"""Writes the public names of PyTorch: torch/_pytorch_names.py, and how often programs use them.

Run by make.mjs; `make.mjs make_names TORCH-API.tsv IMPORTS-API.tsv` also writes how often programs
use them. The tables say which names public RNN programs use, and in how many of them.
"""

import importlib
import json
import pathlib
import re
import sys
import textwrap
import types

from reference import torch

MODULES = """
torch torch.Tensor torch.nn torch.nn.Module torch.nn.functional torch.nn.init torch.nn.utils
torch.nn.utils.rnn torch.nn.utils.parametrize torch.nn.utils.parametrizations torch.optim
torch.optim.Optimizer torch.optim.lr_scheduler torch.optim.swa_utils torch.autograd
torch.autograd.functional torch.autograd.graph torch.utils torch.utils.data torch.utils.checkpoint
torch.distributions torch.linalg torch.special torch.fft torch.func torch.cuda torch.random
torch.serialization torch.testing torch.amp torch.jit
"""
# Entry points of other backends, and copies that compilers make.
INTERNAL = re.compile(
    r"cudnn|mkldnn|miopen|fbgemm|quantized_|(?<!index)_copy$|^sym_|autocast|vital|_symint|dynamo"
    r"|parse_|import_ir|^has_|fake_quant|batch_norm_.*(stats|elemt|reduce)|^native_|FileCheck"
    r"|^(int|uint)[1-7]$|^uint(16|32|64)$|^bits\d|^quint|^qint32|^float8|Storage$"
    r"|^(AVG|SUM|PRIVATE)"
)
KEPT = (
    "Generator",
    "Size",
    "Tensor",
    "device",
    "dtype",
    "finfo",
    "iinfo",
    "layout",
    "memory_format",
)

root = pathlib.Path(__file__).resolve().parents[2]


def find(name):
    """A module, or a class in one."""
    try:
        return importlib.import_module(name)
    except ImportError:
        outer, inner = name.rsplit(".", 1)
        return getattr(find(outer), inner)


def is_public(name, holder, path):
    if name.startswith("_") or INTERNAL.search(name):
        return False
    if not isinstance(holder, types.ModuleType):
        return True
    value = getattr(holder, name)
    if isinstance(value, types.ModuleType):
        return value.__name__.startswith("torch") and find(path) is not value
    if path not in ("torch", "torch.nn", "torch.nn.functional") and hasattr(holder, "__all__"):
        return name in holder.__all__
    if path == "torch" and isinstance(value, type) and hasattr(torch._C, name):
        return name in KEPT  # the other classes there belong to TorchScript
    home = getattr(value, "__module__", None) or "torch"
    return home.split(".")[0] in ("torch", "builtins") and not name.startswith("has_torch")


def names_of(path):
    holder = find(path)
    return [name for name in sorted(dir(holder)) if is_public(name, holder, path)]


def write_names():
    lines = [
        '"""The public names of PyTorch 2.6; written by tests/golden/make_names.py."""',
        "",
        "NAMES = {",
    ]
    for path in MODULES.split():
        lines.append(f'    "{path}": """')
        lines += textwrap.wrap(" ".join(names_of(path)), 98)
        lines.append('""",')
    lines.append("}")
    (root / "wasm-bindings/python/torch/_pytorch_names.py").write_text("\n".join(lines) + "\n")


def write_uses(tables):
    """[name, programs] of each row."""
    uses = []
    for table in tables:
        rows = [line.split("\t") for line in pathlib.Path(table).read_text().splitlines()]
        for row in rows:
            if len(row) < 3 or not row[2].isdigit():
                continue
            name = f"{row[0]}.{row[1]}" if "imports" in table else row[1]
            uses.append([name, int(row[2])])
    text = ",\n".join(json.dumps(use) for use in uses)
    (root / "tests/golden/data/uses.json").write_text(f"[\n{text}\n]\n")


write_names()
if sys.argv[1:]:
    write_uses(sys.argv[1:])
