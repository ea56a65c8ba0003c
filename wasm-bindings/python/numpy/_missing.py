"""What the small NumPy lacks says so by name, and how to get the real one."""

import importlib

#: Names that NumPy had once and 2.2 refuses, with its own advice.
_REMOVED = {
    "int": "int", "object": "object", "str": "str", "complex": "complex",
}  # fmt: skip
_RENAMED = {
    "float_": "float64", "complex_": "complex128", "Inf": "inf", "Infinity": "inf", "NaN": "nan",
    "NINF": "-np.inf", "PINF": "inf", "infty": "inf", "unicode_": "str_", "string_": "bytes_",
}  # fmt: skip
_GONE = {
    "product",
    "cumproduct",
    "sometrue",
    "alltrue",
    "msort",
    "asfarray",
    "mat",
    "cast",
    "bool8",
}


def message(name):
    """The sentence for a name that only the real NumPy has."""
    return (
        f"{name} is not part of the small NumPy that is built in; a line "
        '# /// script with dependencies = ["numpy"], or packages="numpy" at the panel, loads the '
        "real one"
    )


def by_name(module, lazy=()):
    """A module `__getattr__` that loads submodules and explains other names."""

    def find(name):
        if name in lazy:
            return importlib.import_module(f"{module}.{name}")
        if name.startswith("__"):
            raise AttributeError(f"module '{module}' has no attribute '{name}'")
        if module == "numpy" and name == "float":
            return float  # NumPy took it away in 1.24, but public programs use it
        if module == "numpy":
            _removed(name)
        raise AttributeError(message(f"{module}.{name}"))

    return find


def _removed(name):
    if name in _REMOVED:
        plain = _REMOVED[name]
        raise AttributeError(
            f"module 'numpy' has no attribute '{name}'.\n`np.{name}` was a deprecated alias for "
            f"the builtin `{plain}`. To avoid this error in existing code, use `{plain}` by "
            "itself. Doing this will not modify any behavior and is safe."
        )
    if name in _RENAMED:
        new = _RENAMED[name]
        new = new if new.startswith("-") else f"np.{new}"
        raise AttributeError(
            f"`np.{name}` was removed in the NumPy 2.0 release. Use `{new}` instead."
        )
    if name in _GONE:
        raise AttributeError(f"module 'numpy' has no attribute '{name}'")
