"""Plain words under the errors that beginners meet most: what happened here, and what to do.

A row of `HINTS` has types of exceptions, a pattern for their message, and the words: a text in
which {1} is the pattern's first group and {line} the line, or a function of a `Case` that gives a
text, or None where it knows nothing to say. The first row that fits has the word. `code` stands
between backticks.
"""

import re

from unroll.hint_cases import (
    Case,
    bare_index,
    empty_unpacking,
    endless_recursion,
    hidden_sizes,
    layer_options,
    missing_file,
    missing_key,
    missing_module,
    missing_name,
    no_backward,
    no_number,
    product_sizes,
    three_results,
    tuple_for_tensor,
    void_value,
    zero_divisor,
)

_NO_MEMORY = (
    "All memory that a program in a page can have is taken. Make the batch, the sequence or the "
    "model smaller. Keep numbers, not tensors: `losses.append(loss.item())`. Where nothing is "
    "learnt, compute inside of `with torch.no_grad():`. A loop that adds to a list needs an end."
)

HINTS = [
    # What Python cannot read.
    ("SyntaxError", r"expected ':'",
     "Line {line} needs a colon `:` at its end, as all lines with `if`, `else`, `for`, `while`, "
     "`def` and `class` do."),
    ("SyntaxError", r"'([(\[{])' was never closed",
     "The `{1}` on line {line} has no partner. Add the bracket that closes it."),
    ("SyntaxError", r"Maybe you meant '=='",
     "One `=` gives a name a value. To ask whether two values are equal, write `==`."),
    ("SyntaxError", r"unterminated (?:f-string|string) literal",
     "The text on line {line} has no closing quote. Begin and end it with the same one."),
    ("SyntaxError", r"Missing parentheses in call to 'print'",
     "That was Python 2. Today `print` is a function: `print(\"words\", value)`."),
    ("TabError", r"",
     "Line {line} mixes tabs and spaces at its start. Use four spaces for each step in all lines."),
    ("IndentationError", r"expected an indented block after (.+) on line (\d+)",
     "The lines that belong to the {1} on line {2} stand further to the right: put four spaces in "
     "front of line {line}."),
    ("IndentationError", r"unexpected indent",
     "Line {line} begins with more spaces than the one above it. Take them away; only the lines "
     "behind a colon `:` stand further to the right."),
    ("IndentationError", r"unindent does not match",
     "Line {line} begins with a number of spaces that no line above it has. Let lines that belong "
     "together begin at the same column."),
    # Names, modules, files.
    ("UnboundLocalError", r"local variable '(\w+)'",
     "A function that gives `{1}` a value has a `{1}` of its own, which has none yet here. Hand it "
     "in as an argument, or write `global {1}` at the function's start."),
    ("NameError", r"name '(\w+)' is not defined", missing_name),
    ("ModuleNotFoundError", r"^No module named '([\w.]+)'$", missing_module),
    ("FileNotFoundError", r"", missing_file),
    # Values.
    ("IndexError", r"(?:list|string|tuple) index out of range", bare_index),
    ("IndexError", r"index (-?\d+) is out of bounds for (?:dimension|axis) (\d+) with size (\d+)",
     "The tensor has {3} entries along dimension {2}, counted from 0, so there is none with index "
     "{1}. The last one has index -1."),
    ("KeyError", r"", missing_key),
    ("ZeroDivisionError", r"", zero_divisor),
    ("TypeError", r"can only concatenate str \(not \"(\w+)\"\)",
     "Text and a value of type `{1}` cannot be added. Make text of it with `str(…)`, or write "
     "`f\"… {{value}}\"`."),
    ("TypeError", r"for \+: '(?:int|float)' and 'str'",
     "A number and text cannot be added. Make a number of the text with `int(…)` or `float(…)`; "
     "`input()` always gives text."),
    ("ValueError", r"could not convert string to float: (.+)|base 10: (.+)", no_number),
    ("AttributeError|TypeError", r"'NoneType' object", void_value),
    ("ValueError", r"not enough values to unpack \(expected 2, got 1\)", empty_unpacking),
    ("ValueError", r"not enough values to unpack \(expected 3, got 2\)", three_results),
    ("RecursionError", r"", endless_recursion),
    ("MemoryError", r"", _NO_MEMORY),
    ("RuntimeError", r"can't allocate memory", _NO_MEMORY),
    # torch.
    ("AttributeError", r"'tuple' object has no attribute '(\w+)'", tuple_for_tensor),
    ("TypeError", r"must be Tensor, not tuple", tuple_for_tensor),
    ("TypeError", r"RNNBase\.__init__\(\) (.+)", layer_options),
    ("AttributeError", r"before Module\.__init__\(\) call",
     "The first line of your module's `__init__` has to be `super().__init__()`."),
    ("RuntimeError", r"cannot be multiplied \((\d+)x(\d+) and (\d+)x(\d+)\)", product_sizes),
    ("RuntimeError", r"equal to input_size\. Expected (\d+), got (\d+)",
     "This layer was made for {1} features a step (its `input_size`), and the last size of what it "
     "got is {2}. The sizes mean (steps, batch, features), or with `batch_first=True` (batch, "
     "steps, features)."),
    ("RuntimeError", r"Expected hidden(?:\[\d\])? size \((.+?)\), got \[(.+?)\]", hidden_sizes),
    ("RuntimeError", r"'indices' to have .* got torch\.(\w+) instead",
     "An embedding looks up whole numbers, and these are of type `{1}`. Hand in `indices.long()`."),
    ("RuntimeError", r"mat1 and mat2 must have the same dtype, but got (\w+) and (\w+)",
     "One side has numbers of type {1}, the other of type {2}. Weights are float32: hand in "
     "`x.float()`."),
    ("ValueError", r"input must have the type (torch\.\w+), got type (torch\.\w+)",
     "The layer computes in {1} and got {2}, which is what NumPy makes. Hand in `x.float()`."),
    ("RuntimeError", r"expected scalar type Long but found (\w+)",
     "A target that names classes has whole numbers, and this one has type {1}. Hand in "
     "`target.long()`."),
    ("RuntimeError", r"0D or 1D target tensor expected, multi-target not supported",
     "`CrossEntropyLoss` takes one class for each output: targets of shape (batch,), and these "
     "have another dimension. Write `loss(output, target.squeeze(1))` for targets of shape "
     "(batch, 1), and `target.argmax(1)` where each row has a 1 at its class."),
    ("RuntimeError", r"floating point type for target with class probabilities, got",
     "Output and target have the same shape here, so `CrossEntropyLoss` takes the targets for "
     "probabilities. Classes need one dimension less: `loss(output, target.squeeze(1))`. Is there "
     "one output for each class? For a single yes or no it is `nn.BCEWithLogitsLoss`."),
    ("IndexError", r"Target (-?\d+) is out of bounds",
     "There is no class {1}: classes are counted from 0, so the largest target is one less than "
     "the number of the model's outputs. Check the targets, or give the last layer more outputs."),
    ("IndexError", r"index out of range in self",
     "An index is too large for the embedding: with `nn.Embedding(n, …)` they go from 0 to n − 1. "
     "Let n be the size of the vocabulary, special tokens counted."),
    ("RuntimeError", r"Expected target size \[(.+)\], got \[(.+)\]",
     "`CrossEntropyLoss` takes the classes as the second size of the output, and one target for "
     "each of the rest. For outputs of shape (batch, steps, classes) write "
     "`loss(output.flatten(0, 1), target.flatten())`."),
    ("ValueError", r"input batch_size \((\d+)\) to match target batch_size \((\d+)\)",
     "There are {1} outputs and {2} targets: each output needs one. Print the shapes of both "
     "before the loss. Where outputs stand for all steps, take the last with `output[:, -1]`, or "
     "flatten both."),
    ("RuntimeError", r"tensor a \((\d+)\) must match the size of tensor b \((\d+)\) at "
     r"non-singleton dimension (\d+)",
     "The shapes do not go together: along dimension {3} one has {1} entries, the other {2}. Sizes "
     "have to be equal, or one of them 1. Print both `.shape`s."),
    ("RuntimeError", r"shape '\[(.+)\]' is invalid for input of size (\d+)",
     "The tensor has {2} values, and these do not fill the shape ({1}). The product of the sizes "
     "has to be {2}; one of them may be -1, which is worked out."),
    ("RuntimeError", r"backward through the graph a second time",
     "`backward()` uses up what the forward pass has left. Compute the loss anew in each step; "
     "where a hidden state goes from step to step, cut it off with `hidden = hidden.detach()`."),
    ("RuntimeError", r"does not require grad", no_backward),
    ("RuntimeError", r"grad can be implicitly created only for scalar",
     "`backward()` starts from a single number. Make one of the losses first: "
     "`loss.mean().backward()`."),
    ("AssertionError|RuntimeError", r"CUDA",
     "There is no NVIDIA graphics card in a browser, and here none is needed. Write `device = "
     "\"cuda\" if torch.cuda.is_available() else \"cpu\"` and `.to(device)`."),
]  # fmt: skip


def of_error(error, text, is_learner):
    """The words for an error whose message is `text`, or None; `is_learner` tells the program's own
    files from others.
    """
    if isinstance(error, SyntaxError):
        return _words(error, text, None, error.lineno)
    step, found = error.__traceback__, None
    while step:
        if is_learner(step.tb_frame.f_code.co_filename):
            found = step
        step = step.tb_next
    return _words(error, text, found, found.tb_lineno) if found else None


def _words(error, text, step, line):
    kinds = {kind.__name__ for kind in type(error).__mro__}
    for types, pattern, words in HINTS:
        match = kinds.intersection(types.split("|")) and re.search(pattern, text)
        if not match:
            continue
        if callable(words):
            return words(Case(error, match, step))
        return words.format(match[0], *match.groups(), line=line)
    return None
