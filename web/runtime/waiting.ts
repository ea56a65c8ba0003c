/** What was learnt of waiting for promises in this browser, for the next page: until Python is there, nothing tells. */

const place = 'unroll.cannot-wait';

/** Whether programs may be able to wait; false where it was tried in vain. Another version of the browser is asked again. */
export function mayWait(): boolean {
  if (!('Suspending' in WebAssembly)) return false;
  try {
    return localStorage.getItem(place) !== navigator.userAgent;
  } catch {
    return true;
  }
}

export function rememberCannotWait(): void {
  try {
    localStorage.setItem(place, navigator.userAgent);
  } catch {
    // Without storage the next page finds out by itself.
  }
}
