/** What programs may show, at most: the worker keeps to it, and the page takes no more. */

/** Characters of a picture. */
export const mostSvg = 1_000_000;
/** Characters of a name: a title, a tag of the live plot, a prompt. */
export const mostName = 300;

/** A name that is not too long to be read. */
export const shortName = (name: string) => (name.length > mostName ? `${name.slice(0, mostName)}…` : name);
