"""What a program needs from outside, read from its text before it runs.

The small packages beside torch (numpy, matplotlib, tqdm, ...) are there at once. The real one is
needed where a program uses a name that the small one lacks, or asks for it: in a PEP 723 block, in
a notebook's `!pip install` line, or by the panel's `packages`.
"""

import ast
import contextlib
import functools
import importlib
import json
import os
import re
import sys
import types
import zipimport

from .notebook import without_magics

_OWN = {"torch", "unroll"}

#: Where the small packages lie: beside this one.
_HOME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

#: A block of comments with TOML in it (PEP 723).
_BLOCK = re.compile(r"(?m)^# /// script[ \t]*\n((?:#(?: .*)?\n)+?)# ///[ \t]*$")


def needs(source, folder=".", asked=(), beside=()):
    """The real packages that a program needs, a dict for each.

    source: the text of main.py; modules beside it in `folder` that it imports are read as well.
    asked: names or addresses of packages that the page asks for.
    beside: texts that run in the same Python: hidden code around it, the session's other programs.

    `package`: its name as in the index. `used`: the name that the small one lacks, else None.
    `small`: whether there is a small one. `optional`: whether the program may do without.
    """
    found = {}

    def add(package, used=None, optional=False):
        name = _normal(package)
        if name not in _OWN and name not in found:
            small = name in small_packages()
            found[name] = {"package": name, "used": used, "small": small, "optional": optional}

    sources = (source, *beside)
    for package in (*asked, *(name for text in sources for name in dependencies(text))):
        add(package)
    for package in (name for text in sources for name in installs(text)):
        add(package, optional=True)
    for chain in uses(sources, folder):
        own = _own_module(chain[0], folder)
        if chain[0] in small_packages() and not own and _lacks(chain):
            add(chain[0], used=".".join(chain))
    return list(found.values())


def needs_json(source, asked, beside="[]"):
    """`needs` of a program in the working folder, for the panel's worker; the rest is JSON too."""
    return json.dumps(needs(source, os.getcwd(), json.loads(asked), json.loads(beside)))


def dependencies(source):
    """Packages of a PEP 723 block, without their versions; none where there is no sound block."""
    block = _BLOCK.search(source)
    if not block:
        return []
    import tomllib

    lines = (line[2:] for line in block[1].splitlines())
    try:
        listed = tomllib.loads("\n".join(lines)).get("dependencies", [])
    except tomllib.TOMLDecodeError:
        return []
    return [name for name in map(_requirement, listed) if name]


def installs(source):
    """Packages of a notebook's `!pip install` and `%pip install` lines."""
    lines = re.findall(r"(?m)^\s*[!%]\s*pip3?\s+install\s+(.*)$", source)
    words = [word.strip("'\"") for line in lines for word in line.partition("#")[0].split()]
    return [name for word in words if not word.startswith("-") and (name := _requirement(word))]


@functools.cache
def small_packages():
    """The packages that are here in a small form."""
    if os.path.isdir(_HOME):
        return {name for name in os.listdir(_HOME) if "." not in name} - _OWN
    zipimport.zipimporter(_HOME)
    # Python imports from the archive, so it has read its directory already; zipfile would again.
    names = zipimport._zip_directory_cache[_HOME]
    return {name.partition("/")[0] for name in names} - _OWN


def uses(sources, folder="."):
    """What programs and their own modules use of others: `("numpy", "fft", "rfft")` and so on."""
    seen, chains, texts = set(), {}, list(sources)
    while texts:
        tree = _parsed(texts.pop())
        for chain in _chains(tree):
            chains.setdefault(chain)
            path = _own_module(chain[0], folder)
            if path and path not in seen:
                seen.add(path)
                with contextlib.suppress(OSError, UnicodeDecodeError), open(path) as file:
                    texts.append(file.read())
    return list(chains)


def _parsed(source):
    try:
        return ast.parse(without_magics(source)[0])
    except (SyntaxError, ValueError):
        # The run itself says so.
        return ast.Module([], [])


def _own_module(name, folder):
    for path in (f"{name}.py", os.path.join(name, "__init__.py")):
        if os.path.isfile(os.path.join(folder, path)):
            return os.path.join(folder, path)
    return None


def _chains(tree):
    """Dotted names that begin at an import; an alias stands for the same module everywhere."""
    aliases = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                chain = tuple(name.name.split("."))
                aliases[name.asname or chain[0]] = chain if name.asname else chain[:1]
                yield chain
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            chain = tuple(node.module.split("."))
            yield chain
            for name in node.names:
                if name.name != "*":
                    aliases[name.asname or name.name] = (*chain, name.name)
                    yield (*chain, name.name)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            root, names = node, []
            while isinstance(root, ast.Attribute):
                names.insert(0, root.attr)
                root = root.value
            if isinstance(root, ast.Name) and root.id in aliases:
                yield (*aliases[root.id], *names)


@functools.cache
def _lacks(chain):
    """Whether the small package of this name has no such name in it."""
    with _small_ones():
        try:
            value = importlib.import_module(chain[0])
        except ImportError:
            return True
        for depth, name in enumerate(chain[1:], 2):
            try:
                value = getattr(value, name)
            except AttributeError as error:
                if not _is_silent(error, name):
                    return False
                if not isinstance(value, types.ModuleType):
                    # What a class or a function lacks is lacking; of other values nobody knows.
                    return callable(value)
                try:
                    value = importlib.import_module(".".join(chain[:depth]))
                except ImportError:
                    return True
            except Exception:
                return False
    return False


def _is_silent(error, name):
    """Whether the small package only says that it lacks a name.

    Of a name that the real one refuses as well, such as `np.int`, it says what became of it.
    """
    text = str(error)
    return text.endswith(f"attribute {name!r}") or "is not part of" in text


@contextlib.contextmanager
def _small_ones():
    """Have `import numpy` find the small one, also where the real one is loaded."""
    real = [
        name
        for name, module in sys.modules.items()
        if name.partition(".")[0] in small_packages() and not _lies_here(module)
    ]
    if not real:
        yield
        return
    held = {name: sys.modules.pop(name) for name in real}
    sys.path.insert(0, _HOME)
    try:
        yield
    finally:
        sys.path.remove(_HOME)
        for name in list(sys.modules):
            if name.partition(".")[0] in small_packages():
                del sys.modules[name]
        sys.modules.update(held)


def _lies_here(module):
    return (getattr(module, "__file__", None) or _HOME).startswith(_HOME)


def forget_small_ones():
    """Take the small packages out of `sys.modules`, so that the next import finds the real ones."""
    for name in list(sys.modules):
        if name.partition(".")[0] in small_packages():
            del sys.modules[name]


def _requirement(text):
    """`pandas` of `pandas[excel]>=2; python_version > "3"`; an address as it is."""
    if not isinstance(text, str):
        return None
    if "://" in text or text.endswith(".whl"):
        return text.rpartition(" @ ")[2].strip()
    match = re.match(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)", text)
    return match and match[1]


def _normal(package):
    """A package's name as indexes write it; an address as it is."""
    is_address = "/" in package or package.endswith(".whl")
    return package if is_address else re.sub(r"[-_.]+", "-", package).lower()
