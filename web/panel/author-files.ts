/** Files that an author names by address. */

/** Fetches one, which `what` calls in a sentence. Rejects with one that says what the address answered. */
export async function fetchFile(what: string, given: string): Promise<Blob> {
  const refuse = (why: string) => new Error(`${what} could not be loaded: ${why}.`);
  if (!URL.canParse(given, document.baseURI)) throw refuse(`"${given}" is no address`);
  const address = new URL(given, document.baseURI);
  const answer = await fetch(address).catch(() => null);
  if (!answer) throw refuse(`${address.href} did not answer, or may not be read from this page`);
  if (!answer.ok) throw refuse(`${address.href} answered ${`${answer.status} ${answer.statusText}`.trim()}`);
  const content = await answer.blob();
  const start = (await content.slice(0, 100).text()).trimStart();
  // Many hosts give text/html to whatever they do not know.
  const isPage = /^<(!doctype html|html)\b/i.test(start) || (content.type.startsWith('text/html') && start[0] === '<');
  if (isPage && !/\.(x?html?|xml|svg)$/i.test(address.pathname)) throw refuse(`${address.href} ${pageInstead}`);
  return content;
}

/** The text of such a file that is code. */
export const textAt = async (what: string, given: string) => (await fetchFile(what, given)).text();

const pageInstead = 'answered with a web page in its place, as hosts do for what is not there or needs a login';
