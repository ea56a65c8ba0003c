// The short way from Python to the engine: builtin functions that read their arguments out of Python's memory. A call through
// Pyodide's proxies costs a microsecond and more, this a tenth. It rests on how this CPython lays out its numbers, so it proves
// itself on some before it is used; where it does not, Python goes on calling through proxies.

const fastcall = 0x80; // METH_FASTCALL: (self, arguments, count)
const names = ['call', 'value', 'result', 'shape'];

/**
 * Puts the module `_unroll_call` with the functions above into the interpreter, or takes care that there is none.
 * @param {any} pyodide what loadPyodide() gave: inner names of it too
 * @param {import('./engine.mjs').Engine} engine
 */
export function connectFastCall(pyodide, engine) {
  const python = pyodide._module;
  try {
    if (typeof python.addFunction !== 'function') return;
    const functions = builtins(python, engine);
    const module = python._PyImport_AddModule(text(python, '_unroll_call'));
    for (const name of names) {
      const made = builtin(python, name, functions[name]);
      python._PyObject_SetAttrString(module, text(python, name), made);
      python._Py_DecRef(made);
    }
    if (pyodide.runPython(proof)) return;
  } catch {
    // Another Pyodide, with other inner names.
  }
  pyodide.runPython('import sys; sys.modules.pop("_unroll_call", None)');
}

/** A program that uses the functions on numbers of every kind; 1003 is no tensor, so asking for its shape fails. */
const proof = `
import _unroll_call as made
def proven():
    from array import array
    numbers = (0, 1, -3, 2**29, 2**40, -2**62, 2.5, -0.0, float("inf"), True, False)
    for number in numbers:
        if made.call(-1, number) != number or made.value(-1, number) != number:
            return False
    try:
        made.call(-1, "text")
    except TypeError:
        return made.shape(1003) is None and type(made.call(-1, 3.0)) is int and made.call(-1, 0.5) == 0.5
proven()
`;

/** A C string that lives as long as the page. */
function text(python, value) {
  return python.stringToNewUTF8(value);
}

function builtin(python, name, f) {
  // PyMethodDef: name, function, flags, documentation.
  const definition = python._malloc(16);
  const words = python.HEAPU32;
  words.set([text(python, name), python.addFunction(f, 'iiii'), fastcall, 0], definition >> 2);
  return python._PyCFunction_NewEx(definition, 0, 0);
}

/** The functions, by name. Each takes addresses and gives that of its result, or 0 for a Python exception. */
function builtins(python, engine) {
  const longType = python._PyLong_Type;
  const floatType = python._PyFloat_Type;
  const none = python.__Py_NoneStruct;
  const shapeOp = engine.op('shape');

  /** The number that a Python object stands for. Objects are (count, type, ...): an int's tag and digits, a float's double. */
  const number = (address) => {
    const words = python.HEAPU32;
    const at = address >> 2;
    const type = words[at + 1];
    if (type === longType && words[at + 2] < 16) return (1 - (words[at + 2] & 3)) * words[at + 3];
    if (type === floatType) return python.HEAPF64[(at + 2) >> 1];
    const value = python._PyFloat_AsDouble(address);
    if (value === -1 && python._PyErr_Occurred()) {
      if (type !== longType) throw new Refused();
      // Too large even for a double: the engine says that no int64 holds it.
      python._PyErr_Clear();
      return Number.POSITIVE_INFINITY;
    }
    return value;
  };
  /** The same for argument i of an op, which an integer beyond 2^53 reaches exactly. */
  const argument = (address, i) => {
    const value = number(address);
    if (Math.abs(value) < 2 ** 53 || python.HEAPU32[(address >> 2) + 1] !== longType) return value;
    const exact = python._PyLong_AsLongLong(address);
    if (!python._PyErr_Occurred()) return engine.wide(i, exact);
    python._PyErr_Clear();
    return value;
  };
  const nothing = () => {
    python._Py_IncRef(none);
    return none;
  };
  const whole = (value, i) => {
    if ((value | 0) === value) return python._PyLong_FromLong(value);
    if (!Number.isInteger(value)) return python._PyFloat_FromDouble(value);
    const exact = Math.abs(value) < 2 ** 53 ? undefined : engine.wideResult(i);
    return exact === undefined ? python._PyLong_FromDouble(value) : python._PyLong_FromLongLong(exact);
  };

  /** Runs an op over arguments in Python's memory: its first result, or undefined. Op -1 gives back its argument. */
  const run = (at, count) => {
    const op = number(python.HEAPU32[at]);
    const read = op === -1 ? number : argument;
    const doubles = engine.argumentsFor(count - 1);
    const base = engine.argumentsBase;
    const words = python.HEAPU32;
    for (let i = 1; i < count; ++i) {
      const address = words[at + i];
      const object = address >> 2;
      doubles[base + i - 1] =
        words[object + 1] === longType && words[object + 2] < 16
          ? (1 - (words[object + 2] & 3)) * words[object + 3]
          : read(address, i - 1);
    }
    return op === -1 ? doubles[base] : engine.run(op, count - 1);
  };
  const guarded = (f) => (_self, address, count) => {
    try {
      return f(address >> 2, count);
    } catch (error) {
      if (error instanceof Refused) return 0;
      throw error;
    }
  };
  return {
    call: guarded((at, count) => {
      const found = run(at, count);
      return found === undefined ? nothing() : whole(found, 0);
    }),
    value: guarded((at, count) => {
      const found = run(at, count);
      return found === undefined ? nothing() : python._PyFloat_FromDouble(found);
    }),
    result: guarded((at) => {
      const i = number(python.HEAPU32[at]);
      return whole(engine.result(i), i);
    }),
    shape: guarded((at) => {
      if (engine.call(shapeOp, number(python.HEAPU32[at])) === undefined) return nothing();
      const dims = engine.result(-1);
      const tuple = python._PyTuple_New(dims);
      for (let d = 0; d < dims; ++d) python._PyTuple_SetItem(tuple, d, whole(engine.result(d), d));
      return tuple;
    }),
  };
}

/** An argument that is no number; Python has its exception already. */
class Refused extends Error {}
