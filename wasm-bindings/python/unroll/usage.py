"""How much memory Python and the engine hold, for the page."""


def memory(_question):
    """Bytes of WebAssembly memory: of the engine, and of Python with all that programs left."""
    import pyodide_js

    from . import memory_bytes

    return {"engine": memory_bytes(), "python": int(pyodide_js._module.HEAP8.length)}
