"""Hints that look at the program: the learner's own names and numbers. See hints.py."""

import ast
import builtins
import difflib
import inspect
import linecache
import os
import re
import sys
from dataclasses import dataclass
from functools import cached_property

#: What programs call modules, and how these come.
_IMPORTS = {
    "torch": "import torch",
    "nn": "import torch.nn as nn",
    "F": "import torch.nn.functional as F",
    "optim": "import torch.optim as optim",
    "np": "import numpy as np",
    "plt": "import matplotlib.pyplot as plt",
    "pd": "import pandas as pd",
    "tqdm": "from tqdm import tqdm",
    "DataLoader": "from torch.utils.data import DataLoader",
    "Dataset": "from torch.utils.data import Dataset",
    **{name: f"import {name}" for name in ("math", "random", "time", "os", "sys", "json", "re")},
}


@dataclass
class Case:
    """An error, what the pattern found in its message, and where it happened."""

    error: BaseException
    match: object
    #: The innermost step of the traceback in the program.
    step: object

    @property
    def frame(self):
        return self.step.tb_frame

    @cached_property
    def names(self):
        """What the program can name at that place."""
        return {**self.frame.f_globals, **self.frame.f_locals}

    @cached_property
    def expression(self):
        """The expression that failed, parsed; None where Python does not know it."""
        positions = list(self.frame.f_code.co_positions())
        first, last, start, end = positions[self.step.tb_lasti // 2]
        lines = [
            linecache.getline(self.frame.f_code.co_filename, number).encode()
            for number in range(first, last + 1)
        ]
        lines[-1] = lines[-1][:end]
        lines[0] = lines[0][start:]
        try:
            return ast.parse(b"".join(lines).decode().strip(), mode="eval").body
        except SyntaxError:
            return None

    @property
    def line(self):
        """The line where it happened, as it is written."""
        return linecache.getline(self.frame.f_code.co_filename, self.step.tb_lineno).strip()

    def part(self, kind):
        """The part of the failed expression of this kind of syntax that Python was at."""
        found = self.expression
        return found if isinstance(found, kind) else None

    def value(self, node):
        """What a name, a number or an attribute of a name stands for; nothing is run for it."""
        if isinstance(node, ast.Name):
            return self.names.get(node.id)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            found = self.value(node.operand)
            return -found if type(found) is int else None
        if isinstance(node, ast.Attribute):
            names = getattr(self.value(node.value), "__dict__", {})
            return names.get(node.attr, names.get("_modules", {}).get(node.attr))
        return node.value if isinstance(node, ast.Constant) else None


def missing_name(case):
    name = case.match[1]
    if name in _IMPORTS and name not in case.names:
        return f"`{name}` was not imported. Write `{_IMPORTS[name]}` at the top."
    known = [one for one in case.names if not one.startswith("__")]
    like = _similar(name, [*known, *dir(builtins)])
    if like:
        return f"There is no `{name}`. Did you mean `{like}`?"
    return (
        f"Nothing has the name `{name}` here. Give it a value on a line before this one, put it "
        'into quotes if it is text ("' + name + '"), or check how it is written.'
    )


def missing_module(case):
    name = case.match[1].split(".")[0]
    own = [one[:-3] for one in _files() if one.endswith(".py")]
    known = [*own, *sys.stdlib_module_names, "torch", "numpy", "matplotlib", "tqdm", "pandas"]
    like = _similar(name, known)
    if like:
        return f"There is no module `{name}`. Did you mean `{like}`?"
    return (
        f"There is no module `{name}` here. If it is your own, add `{name}.py` to the panel's "
        "files; check how it is written if it is not."
    )


def missing_file(case):
    name = str(case.error.filename)
    files = [one for one in _files() if one != "main.py"]
    like = _similar(name, files)
    if like:
        return f"There is no file `{name}`. Did you mean `{like}`?"
    there = f"The files here are {_listed(files)}." if files else "There are no files here yet."
    return f'There is no file `{name}` beside the program. {there} "Add file" brings one.'


def bare_index(case):
    node = case.part(ast.Subscript)
    if node is None:
        return None
    holder, index = case.value(node.value), case.value(node.slice)
    named = ast.unparse(node.value)
    if type(holder) not in (list, tuple, str) and type(holder).__name__ != "Tensor":
        return "The index is too large: counting begins at 0, so the last one is the length − 1."
    count = len(holder)
    if count == 0:
        return f"`{named}` is empty here: it has no item with any index."
    at = f"; index {index} is not there" if type(index) is int else ""
    items = "1 item, index 0" if count == 1 else f"{count} items, indices 0 to {count - 1}"
    return f"`{named}` has {items}{at}. The last one is `{named}[-1]`."


def missing_key(case):
    node = case.part(ast.Subscript)
    holder = case.value(node.value) if node else None
    if type(holder) is not dict:
        return None
    key, named = case.error.args[0], ast.unparse(node.value)
    if not holder:
        return f"`{named}` is empty here: it has no keys yet."
    words = [one for one in holder if isinstance(one, str)]
    like = isinstance(key, str) and _similar(key, words)
    if like:
        return f"`{named}` has no key {key!r}. Did you mean {like!r}?"
    keys = _listed([repr(one) for one in holder])
    return (
        f"`{named}` has no key {key!r}. Its keys are {keys}. `{named}.get(key, 0)` has an answer "
        "for all."
    )


def zero_divisor(case):
    node = case.part(ast.BinOp)
    if node is None or not isinstance(node.right, (ast.Name, ast.Attribute, ast.Call)):
        return "Nothing can be divided by 0."
    named = ast.unparse(node.right)
    return (
        f"`{named}` is 0 here, and nothing can be divided by 0. Look where it gets its value, or "
        f"ask `if {named} != 0:` before."
    )


def no_number(case):
    text = case.match[1] or case.match[2]
    if case.match[2] and text.strip("'").replace(".", "", 1).isdigit():
        return f"{text} is no whole number. Read it with `float(…)`, and round it with `round(…)`."
    return f"{text} is no number. Look at what the text holds: `print(repr(text))`."


def void_value(case):
    node = case.expression
    inner = getattr(node, "value", None)
    named = f"`{ast.unparse(inner)}`" if isinstance(inner, (ast.Name, ast.Attribute)) else "This"
    return (
        f"{named} is `None`, which is no value to work with. A function without `return` gives "
        "`None`, and so do `list.append(…)` and `list.sort()`, which change the list itself."
    )


def empty_unpacking(case):
    if "torch" not in sys.modules or "(" not in case.line.split("=")[0]:
        return None
    return (
        "`nn.GRU` and `nn.RNN` have one hidden state: `output, hidden = layer(x)`. Only `nn.LSTM` "
        "has two: `output, (hidden, cell) = layer(x)`."
    )


def three_results(case):
    """`output, hidden, cell = lstm(x)`: the names and the layer are the learner's own."""
    try:
        [statement] = ast.parse(case.line).body
        [names], call = statement.targets, statement.value
        output, hidden, cell = (ast.unparse(name) for name in names.elts)
    except (SyntaxError, ValueError, AttributeError):
        return None
    if "torch" not in sys.modules or not isinstance(call, ast.Call):
        return None
    kind = type(case.value(call.func)).__name__
    if kind in ("GRU", "RNN"):
        return (
            f"`nn.{kind}` has no cell state. It gives two things: "
            f"`{output}, {hidden} = {ast.unparse(call)}`."
        )
    whose = "`nn.LSTM` gives" if kind == "LSTM" else "If this is an `nn.LSTM`: it gives"
    return (
        f"{whose} two things, and the second is a pair: the hidden state and the cell state. Put "
        f"these two into brackets: `{output}, ({hidden}, {cell}) = {ast.unparse(call)}`."
    )


def endless_recursion(case):
    function = case.frame.f_code.co_name
    if function == "<module>":
        return None
    if function == "forward" and "self(" in case.line:
        return (
            "`self(…)` calls `forward` again, which calls `self(…)`, without end. Call the layers "
            "of the module there, such as `self.layer(x)`."
        )
    return (
        f"`{function}` calls itself again and again, perhaps by way of other functions, and "
        "nothing ends it. Give it a case in which it returns without that call. A module must not "
        "hold itself, nor a list itself."
    )


def layer_options(case):
    """PyTorch names the class that RNN, LSTM and GRU come from."""
    node = case.expression
    called = node.func if isinstance(node, ast.Call) else None
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    if name not in ("RNN", "LSTM", "GRU"):
        return None
    unknown = re.search(r"unexpected keyword argument '(\w+)'", case.match[1])
    layer = sys.modules["torch"].nn.RNNBase
    known = inspect.signature(layer.__init__).parameters.keys() - {"self", "mode"}
    like = unknown and _similar(unknown[1], known)
    if like:
        return f"`nn.{name}` has no argument `{unknown[1]}`. Did you mean `{like}`?"
    return (
        f"`RNNBase` stands for `nn.{name}` here. Write `nn.{name}(input_size, hidden_size)`: how "
        "many features each step has, and how many the hidden state is to have."
    )


def tuple_for_tensor(case):
    attribute = case.match[1] if case.match.re.groups else None
    torch = sys.modules.get("torch")
    if torch is None or (attribute and not hasattr(torch.Tensor, attribute)):
        return None
    inner = getattr(case.expression, "value", None) if attribute else None
    named = f"`{inner.id}` holds both. " if isinstance(inner, ast.Name) else ""
    return (
        "Recurrent layers give two things: the output of all steps, and the last state. "
        f"{named}Take them apart: `output, state = layer(x)`. Inside of `nn.Sequential` they have "
        "no place."
    )


def product_sizes(case):
    rows, inner, other, columns = case.match.groups()
    if isinstance(case.expression, ast.BinOp):
        return (
            f"The left side has {inner} columns and the right side {other} rows: for a product "
            f"these must be equal. The left is {rows} × {inner}, the right {other} × {columns}."
        )
    return (
        f"The last size of the input is {inner}, and the layer expects {other}, as in "
        f"`nn.Linear({other}, {columns})`. Make the layer `nn.Linear({inner}, {columns})`, or give "
        "it the part of the data that it is for."
    )


def hidden_sizes(case):
    expected, got = (part.split(", ") for part in case.match.groups())
    if len(expected) != len(got):
        return (
            "The hidden state has as many sizes as the input: (layers, batch, hidden) for batches."
        )
    words = (
        ("layers × directions", "batch", "hidden size")
        if len(got) == 3
        else ("layers × directions", "hidden size")
    )
    wrong = [
        f"the {word} is {have} and should be {want}"
        for word, want, have in zip(words, expected, got, strict=True)
        if want != have
    ]
    return (
        f"Of the hidden state {' and '.join(wrong)}. Make it from the batch at hand, such as "
        "`torch.zeros(layers, x.size(0), hidden)`, or leave it out: then the layer begins with "
        "zeros. Of the input, the batch is the second size, with `batch_first=True` the first."
    )


def no_backward(_case):
    return (
        "No weight has a part in this loss, so there is nothing to learn from. Compute it from the "
        "model's output, outside of `torch.no_grad()`, without `.detach()` or `.item()` on the way."
    )


def _similar(name, names):
    found = difflib.get_close_matches(name, set(names), 1, 0.7)
    if found:
        return found[0]
    return next((one for one in names if one.lower() == name.lower()), None)


def _files():
    found = []
    for folder, _, names in os.walk("."):
        found += [os.path.relpath(os.path.join(folder, name)) for name in names]
        if len(found) > 1000:
            break
    return sorted(found)


def _listed(names):
    shown = ", ".join(f"`{name}`" for name in names[:8])
    return f"{shown} and {len(names) - 8} more" if len(names) > 8 else shown
