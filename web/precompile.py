"""Compiles Python in advance, so that a start does not have to. Runs in Pyodide in the build.

Archives are not compressed inside: as a whole they get smaller on their way (.br, .gz), and Python
does not have to unpack each module.
"""

import importlib._bootstrap_external as machinery
import sys
import zipfile

#: Modules that a program of a lesson hardly imports: they are an archive of their own, which comes
#: at the first import of one of them (unroll/rare_modules.py).
RARE = """
_markupbase _py_abc _pydatetime _pyio _pyrepl _sysconfigdata__emscripten_wasm32-emscripten
antigravity bdb cProfile cmd code compileall configparser ctypes doctest email fileinput
filecmp ftplib getpass graphlib html http imaplib mailbox mimetypes modulefinder
multiprocessing netrc nturl2path optparse pdb pkgutil plistlib poplib profile pstats
pty py_compile pyclbr pydoc pydoc_data quopri rlcompleter runpy sched shelve smtplib
socketserver sqlite3 stringprep symtable sysconfig tabnanny tarfile this trace
tracemalloc tty unittest uuid wave webbrowser wsgiref xml xmlrpc zipapp zoneinfo
"""

#: The same of our own packages: nothing that a start or a lesson's program imports.
OWN_RARE = """
matplotlib.animation matplotlib.dates matplotlib._contour matplotlib._pdf numpy.testing torch.ao
torch.autograd.functional torch.distributions torch.func torch.nn.utils.parametrize
torch.nn.utils.prune torch.quantization torch.testing torch.utils.tensorboard
"""

#: The encodings that stay: of files that people have, and what Python itself asks for.
ENCODINGS = """
__init__ aliases ascii charmap cp437 cp850 cp1252 idna iso8859_1 iso8859_15 latin_1 punycode
raw_unicode_escape unicode_escape utf_16 utf_16_be utf_16_le utf_32 utf_8 utf_8_sig
"""


def module_name(path: str) -> str:
    """The module that a file in an archive is."""
    return path.rpartition(".")[0].replace("/", ".").removesuffix(".__init__")


def is_rare(path: str, loaded: set) -> bool:
    """Whether a file of the standard library belongs to the second archive; `loaded` are files.

    A package lies in one archive: of one that is loaded in part, the rest would not be found.
    """
    package, _, rest = path.removesuffix(".py").partition("/")
    if package == "encodings":
        return rest not in ENCODINGS.split() and path not in loaded
    in_use = {other.removesuffix(".py").partition("/")[0] for other in loaded}
    return package in RARE.split() and package not in in_use


def repack(
    source: str, target: str, keep=lambda path: True, compiled=lambda path: True, mode: str = "w"
) -> list:
    """Write what `keep` says of the zip `source` to `target`, with bytecode in place of the source
    of the modules that `compiled` names; `mode` "a" adds to it. Returns the names of what was kept.
    """
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, mode) as new:
        kept = [name for name in old.namelist() if keep(name)]
        for name in kept:
            data = old.read(name)
            if name.endswith(".py") and compiled(name):
                code = compile(data, f"{source}/{name}", "exec", dont_inherit=True)
                # With this hash Python takes bytecode as it is, without a look at a source.
                data = bytes(machinery._code_to_hash_pyc(code, bytes(8), False))
                name += "c"
            # ZipInfo's own date is the same in every build.
            new.writestr(zipfile.ZipInfo(name), data)
    return kept


def split_standard_library(source: str, target: str, rare: str) -> str:
    """Write the standard library `source` as two archives; what is loaded now as bytecode.

    Returns the names by which the finder knows what is in the second: modules, packages that lie
    there whole, and encodings.
    """
    files = {getattr(module, "__file__", None) for module in sys.modules.values()}
    paths = zipfile.ZipFile(source).namelist()
    loaded = {path for path in paths if f"{source}/{path}" in files}
    apart = {path for path in paths if is_rare(path, loaded)}
    repack(source, target, lambda path: path not in apart, loaded.__contains__)
    there = repack(source, rare, apart.__contains__, lambda path: False)
    names = {
        name if name.startswith("encodings.") else name.split(".")[0]
        for name in map(module_name, there)
    }
    return " ".join(sorted(names))


def split_own_packages(source: str, target: str, rare: str) -> str:
    """Write our packages in the zip `source` to `target` as bytecode, and add the rare ones to the
    archive `rare`. Returns the names by which the finder knows those.
    """
    names = OWN_RARE.split()
    in_use = sorted(set(names) & set(sys.modules))
    if in_use:
        raise ValueError(f"a start imports {', '.join(in_use)}: they cannot be rare")

    def is_apart(path: str) -> bool:
        module = module_name(path)
        return any(module == name or module.startswith(name + ".") for name in names)

    repack(source, target, lambda path: not is_apart(path))
    repack(source, rare, is_apart, lambda path: False, mode="a")
    return " ".join(names)
