"""The coverage page: for each public name of PyTorch 2.6 whether it is here, with which limit."""

import importlib
import inspect
import re
import sys

from torch import _missing
from torch._pytorch_names import NAMES

LIMIT = re.compile(r"^\s*Limit: (.+?)(?:\n\s*\n|\Z)", re.MULTILINE | re.DOTALL)
HOMES = {
    "Module": "torch.nn.Module",
    "Optimizer": "torch.optim.Optimizer",
    "Scheduler": "torch.optim.lr_scheduler.LRScheduler",
    "Tensor": "torch.Tensor",
}
OPERATORS = {"div": "truediv"}


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
    try:
        value = find(path)
    except (ImportError, AttributeError, NotImplementedError):
        return False, None
    if getattr(value, "is_missing", False):
        return False, None
    found = LIMIT.search(inspect.getdoc(value) or "") if callable(value) else None
    return True, " ".join(found[1].split()) if found else None


def used_path(name):
    """Where a name of the tables of public programs is looked up."""
    if name.startswith("op:") or name.startswith("op/method:"):
        word = name.split(":")[1].strip("_")
        return f"torch.Tensor.__{OPERATORS.get(word, word)}__"
    name = name.removesuffix(" (set)").replace("Tensor.PackedSequence", "torch.nn.utils.rnn.PackedSequence")
    head, _, rest = name.partition(".")
    return f"{HOMES[head]}.{rest}" if head in HOMES else name


def is_used_name_here(name):
    """Attributes that instances have are looked up on an instance."""
    path = used_path(name)
    if look(path)[0]:
        return True
    holder, _, last = path.rpartition(".")
    return any(type(example).__name__ == holder.rpartition(".")[2] and hasattr(example, last) for example in examples())


def examples():
    import torch

    lstm, linear = torch.nn.LSTM(1, 1), torch.nn.Linear(1, 1)
    packed = torch.nn.utils.rnn.pack_sequence([torch.zeros(1, 1)])
    optimizer = torch.optim.SGD(linear.parameters(), lr=0.1)
    for value in (lstm, linear):
        alias = type("Module", (), {})()
        alias.__dict__.update({name: True for name in dir(value)})
        yield alias
    named = type("Optimizer", (), {})()
    named.__dict__.update({name: True for name in dir(optimizer)})
    yield from (packed, named, torch.zeros(1))


def share(uses):
    """(names here, names, programs of those here, programs of all, [names not here])."""
    here = [(name, programs) for name, programs in uses if is_used_name_here(name)]
    absent = [name for name, programs in uses if (name, programs) not in here]
    return len(here), len(uses), sum(p for _, p in here), sum(p for _, p in uses), absent


def page(uses):
    """The page as Markdown. uses: [name, programs using it] of the tables of public programs."""
    uses = [tuple(use) for use in uses]
    lines = [
        "# What of PyTorch is here",
        "",
        "Written by `node tests/python/coverage.mjs` from the op table and the package; never by hand. Names are those of PyTorch 2.6.",
        "",
        "## Names that public RNN programs use",
        "",
        "| imported from | names here | weighted by programs | not here |",
        "|---|---|---|---|",
    ]
    for title, head in (("torch", None), ("NumPy", "numpy."), ("matplotlib.pyplot", "matplotlib.")):
        chosen = [use for use in uses if (use[0].startswith(head) if head else not use[0].startswith(("numpy.", "matplotlib.")))]
        here, count, weight, total, absent = share(chosen)
        names = ", ".join(f"`{name}`" for name in absent) or "–"
        lines.append(
            f"| {title} | {here} of {count} ({100 * here / count:.1f} %) | {100 * weight / total:.1f} % | {names} |"
        )
    for path, text in NAMES.items():
        lines += section(path, text.split())
    return "\n".join(lines) + "\n"


def section(path, names):
    """The part of one module or class."""
    found = {name: look(f"{path}.{name}") for name in names}
    here = [name for name, (is_here, limit) in found.items() if is_here and not limit]
    limited = [(name, limit) for name, (is_here, limit) in found.items() if limit]
    absent = [name for name, (is_here, _) in found.items() if not is_here]
    lines = ["", f"## {path}", "", f"{len(here) + len(limited)} of {len(names)} names are here."]
    if limited:
        lines += ["", "| there with a limit | |", "|---|---|"]
        lines += [f"| `{name}` | {limit} |" for name, limit in limited]
    if here:
        lines += ["", "**There:** " + " ".join(f"`{name}`" for name in here)]
    if absent:
        lines += ["", "**Not there:** " + " ".join(f"`{name}`" for name in absent)]
    return lines
