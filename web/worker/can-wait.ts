/** Whether a program can wait for a promise here: tried, because neither the browser's name nor its features tell. */

import type { PyodideAPI } from 'pyodide';

/** As programs do: Python that C calls, that was called by Python, waits below a builtin function. */
const program = `
def attempt(promise):
    from pyodide.ffi import run_sync
    try:
        exec("list(map(run_sync, [promise]))", {"run_sync": run_sync, "promise": promise})
    except RuntimeError:
        return False
    return True
attempt
`;

/**
 * Lets a small program wait. Pyodide calls some functions by way of JavaScript on systems where its own way is not safe, and no
 * promise can be waited for across that. Afterwards Pyodide does not try to wait where it cannot.
 */
export async function canWait(pyodide: PyodideAPI): Promise<boolean> {
  if (!('Suspending' in WebAssembly)) return false;
  const attempt = pyodide.runPython(program);
  const waited: boolean = await attempt.callPromising(Promise.resolve());
  attempt.destroy();
  (pyodide as unknown as { _module: { jspiSupported: boolean } })._module.jspiSupported &&= waited;
  return waited;
}
