"""Runs the cases of cases/*.txt and says what they gave, under PyTorch and under Unroll."""

import contextlib
import io
import math
import sys
import types
import warnings


def read_cases(text):
    """[(kind, code)] of the case file."""
    cases, kind = [], None
    for line in text.splitlines():
        if line.startswith("[") and line.endswith("]") and line[1:-1].isalpha():
            kind = line[1:-1]
        elif line and not line.startswith("#"):
            cases.append((kind, line))
    return cases


def numbers_in(value):
    """A value as plain data: tensors become their dtype, shape and numbers."""
    if hasattr(value, "tolist") and hasattr(value, "dtype"):
        plain = value.detach()
        values = [_plain(number) for number in plain.reshape(-1).tolist()]
        return {"dtype": str(value.dtype), "shape": list(value.shape), "values": values}
    if isinstance(value, (list, tuple)):
        return [numbers_in(item) for item in value]
    return _plain(value)


def _plain(value):
    """JSON has no NaN and no infinities."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def namespace():
    """What a case may use."""
    import torch
    from torch import nn, optim
    from torch.nn import functional

    names = {"torch": torch, "nn": nn, "F": functional, "optim": optim, "math": math}
    with contextlib.suppress(ImportError):
        names["np"] = __import__("numpy")
    return names


def run_case(kind, code):
    """The text, the numbers or the error of one case, as plain data."""
    names = namespace()
    names["torch"].manual_seed(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            value = eval(code, names)
            text = str(value) if kind == "text" else ""
        except Exception as error:
            if kind == "refusals":
                return {"error": type(error).__name__}
            return {"error": type(error).__name__, "message": str(error)}
    if kind == "text":
        return {"text": text}
    if kind == "values":
        return {"value": numbers_in(value)}
    return {"error": None, "text": str(value)[:200]}


def run_program(code):
    """What a program prints, and the type of the exception that ended it, if one did."""
    printed = io.StringIO()
    main = types.ModuleType("__main__")
    old_main = sys.modules["__main__"]
    sys.modules["__main__"] = main  # pickle looks classes up there
    try:
        with contextlib.redirect_stdout(printed), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                exec(compile(code, "main.py", "exec"), main.__dict__)
            except Exception as error:
                print(f"{type(error).__name__}: {error}", file=sys.stdout)
    finally:
        sys.modules["__main__"] = old_main
    return printed.getvalue()
