"""The coverage page: for each public name of PyTorch 2.6 whether it is here, and with which limit.

A docstring that starts with "Not here" belongs to a name that only raises; a paragraph "Limit: ..."
says what a name that is here lacks.
"""

import importlib
import inspect
import re

import torch
from torch._pytorch_names import NAMES

LIMIT = re.compile(r"^Limit: (.+?)(?:\n\n|\Z)", re.MULTILINE | re.DOTALL)
HOMES = {
    "Module": "torch.nn.Module",
    "Optimizer": "torch.optim.Optimizer",
    "Scheduler": "torch.optim.lr_scheduler.LRScheduler",
    "Tensor": "torch.Tensor",
}
PACKAGES = ("numpy", "matplotlib")

lstm, linear = torch.nn.LSTM(1, 1), torch.nn.Linear(1, 1)
#: Objects that have, beyond their class, the attributes that programs use.
INSTANCES = {
    "torch.nn.Module": (lstm, linear),
    "torch.optim.Optimizer": (torch.optim.SGD(linear.parameters(), lr=0.1),),
    "torch.nn.utils.rnn.PackedSequence": (torch.nn.utils.rnn.pack_sequence([torch.zeros(1, 1)]),),
}


def find(path):
    """The object at a dotted path. Raises what looking it up raises."""
    parts = path.split(".")
    value = importlib.import_module(parts[0])
    for i, part in enumerate(parts[1:], 2):
        try:
            value = getattr(value, part)
        except AttributeError:
            value = importlib.import_module(".".join(parts[:i]))
    return value


def look(path):
    """(is it here, its limit or None)."""
    holder, _, name = path.rpartition(".")
    if any(hasattr(instance, name) for instance in INSTANCES.get(holder, ())):
        return True, None
    try:
        value = find(path)
    except (ImportError, AttributeError, NotImplementedError):
        return False, None
    doc = inspect.getdoc(value) or "" if callable(value) else ""
    limit = LIMIT.search(doc)
    return not doc.startswith("Not here"), " ".join(limit[1].split()) if limit else None


def used_path(name):
    """Where a name of the tables of public programs is looked up."""
    if name.startswith(("op:", "op/method:")):
        word = name.split(":")[1].strip("_")
        return f"torch.Tensor.__{'truediv' if word == 'div' else word}__"
    name = name.removesuffix(" (set)")
    name = name.replace("Tensor.PackedSequence", "torch.nn.utils.rnn.PackedSequence")
    head, _, rest = name.partition(".")
    return f"{HOMES[head]}.{rest}" if head in HOMES else name


def share(title, uses):
    """A row of the first table: how many names are here, and how many uses they stand for."""
    here = [(name, programs) for name, programs in uses if look(used_path(name))[0]]
    absent = ", ".join(f"`{name}`" for name, programs in uses if (name, programs) not in here)
    count = 100 * len(here) / len(uses)
    weight = 100 * sum(programs for _, programs in here) / sum(programs for _, programs in uses)
    names = f"{len(here)} of {len(uses)} ({count:.1f} %)"
    return f"| {title} | {names} | {weight:.1f} % | {absent or '–'} |"


def section(path, names):
    """The part of one module or class."""
    found = {name: look(f"{path}.{name}") for name in names}
    here = [f"`{name}`" for name, (is_here, limit) in found.items() if is_here and not limit]
    limits = [f"| `{name}` | {limit} |" for name, (is_here, limit) in found.items() if limit]
    absent = [f"`{name}`" for name, (is_here, _) in found.items() if not is_here]
    lines = ["", f"## {path}", "", f"{len(names) - len(absent)} of {len(names)} names are here."]
    if limits:
        lines += ["", "| there with a limit | |", "|---|---|", *limits]
    for title, listed in (("There", here), ("Not there", absent)):
        if listed:
            lines += ["", f"**{title}:** " + " ".join(listed)]
    return lines


def page(uses):
    """The page as Markdown. uses: [name, programs using it] of the tables of public programs."""
    groups = {package: [] for package in ("torch", *PACKAGES)}
    for name, programs in uses:
        head = name.partition(".")[0]
        groups[head if head in PACKAGES else "torch"].append((name, programs))
    lines = [
        "# What of PyTorch is here",
        "",
        "Written by `node tests/python/coverage.mjs` from the op table and the package, never by "
        "hand.",
        "Names are those of PyTorch 2.6. A name that is not there says so when a program asks for "
        "it.",
        "",
        "## Names that public RNN programs use",
        "",
        "| package | names here | weighted by the programs that use them | not here |",
        "|---|---|---|---|",
        *[share(package, group) for package, group in groups.items()],
    ]
    for path, text in NAMES.items():
        lines += section(path, text.split())
    return "\n".join(lines) + "\n"
