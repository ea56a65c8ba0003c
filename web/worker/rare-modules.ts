import type { PyodideAPI } from 'pyodide';
import type { KeptFile } from '../protocol/kept-files';

/**
 * Lets Python have the archive of its rare modules: `given`, else from `url`; see unroll/rare_modules.py. An import
 * cannot wait for a promise, so this is a synchronous request, which a worker may make.
 */
export function offerRareModules(pyodide: PyodideAPI, url: string, given?: KeptFile): void {
  pyodide.registerJsModule('_unroll_site', {
    /** Puts the archive at `path`; gives back what went wrong, or an empty text. */
    fetch_rare_modules(path: string): string {
      if (given instanceof Uint8Array) {
        pyodide.FS.writeFile(path, given);
        return '';
      }
      const request = new XMLHttpRequest();
      request.open('GET', url, false);
      request.responseType = 'arraybuffer';
      try {
        request.send();
      } catch {
        return `${url} did not answer`;
      }
      if (request.status !== 200) return `${url} answered ${request.status}`;
      pyodide.FS.writeFile(path, new Uint8Array(request.response));
      return '';
    },
  });
}
