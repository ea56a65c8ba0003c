// Types that are C's in PyTorch and NumPy have their module in their name, which Python shows in its messages: "unsupported
// operand type(s) for +: 'torch.dtype' and 'int'". Those of a class of Python lack it, and only the interpreter can add it.

const flagsAt = 84; // where a type of this CPython keeps its flags, and its name
const nameAt = 12;
const heapType = 1 << 9;

/**
 * Gives the types of torch and of the small numpy their full names, where these are loaded.
 * @param {any} pyodide what loadPyodide() gave: inner names of it too
 */
export function nameTypes(pyodide) {
  const python = pyodide._module;
  const words = () => python.HEAPU32;
  for (const [address, short, full] of JSON.parse(pyodide.runPython(types))) {
    const at = words()[(address + nameAt) >> 2];
    const isHeapType = words()[(address + flagsAt) >> 2] & heapType;
    // Another CPython, in whose types the name stands elsewhere.
    if (!isHeapType || python.UTF8ToString(at, 64) !== short) continue;
    words()[(address + nameAt) >> 2] = python.stringToNewUTF8(full);
  }
}

/** A program that gives addresses and names of these types, as JSON. */
const types = `
def types():
    import json, sys
    torch, numpy = sys.modules.get("torch"), sys.modules.get("numpy")
    names = {}
    if torch:
        for name in ("Size", "dtype", "device", "layout", "memory_format", "finfo", "iinfo"):
            names[getattr(torch, name)] = "torch." + name
        names[torch.Generator] = "torch._C.Generator"
    if numpy and hasattr(numpy, "ndarray"):
        for kind in vars(numpy).values():
            if isinstance(kind, type) and issubclass(kind, (numpy.ndarray, numpy.generic, numpy.dtype, numpy.ufunc)):
                names[kind] = "numpy." + kind.__name__
    return json.dumps([(id(kind), kind.__name__, name) for kind, name in names.items()])
types()
`;
