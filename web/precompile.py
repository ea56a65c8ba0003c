"""Compiles Python in advance, so that a start does not have to. Runs in Pyodide in the build."""

import importlib._bootstrap_external as machinery
import sys
import zipfile


def repack(source: str, target: str, modules: set | None = None) -> None:
    """Write the zip `source` to `target` with bytecode in place of the source of its modules.

    `modules` are paths of files as Python names them; without it, every module.
    """
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            path = f"{source}/{name}"
            if name.endswith(".py") and (modules is None or path in modules):
                code = compile(data, path, "exec", dont_inherit=True)
                # With this hash Python takes bytecode as it is, without a look at a source.
                data = bytes(machinery._code_to_hash_pyc(code, bytes(8), False))
                name += "c"
            # ZipInfo's own date is the same in every build.
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, data, compresslevel=9)


def loaded_modules() -> set:
    """The files of all modules that are loaded now."""
    return {getattr(module, "__file__", None) for module in sys.modules.values()}
