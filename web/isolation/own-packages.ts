/**
 * Packages that lie on the hosts of the page and of unroll.js, which an isolated worker may not reach: the page fetches
 * them for it, as somebody whom these hosts do not know, and nothing but package lists and wheels.
 */

import type { KeptFiles } from '../protocol/kept-files';
import type { PackageRequest } from '../protocol/messages';
import { listName, type PackageList, withDependencies } from '../protocol/package-list';
import { siteUrl } from '../runtime/make-worker';

/** A host in plain letters: an address may also hold `*`, `;` and the like, which in a content policy mean more. */
const plainOrigin = /^https?:\/\/[\w.-]+(?::\d+)?$/;

/** Cookies know no ports, and a policy that names http: means https: too. */
const ownHosts = () => [location.href, siteUrl()].map((address) => new URL(address).hostname);

const isOwn = (address: string) => URL.canParse(address) && ownHosts().includes(new URL(address).hostname);

/** What a content policy calls the places of packages: origins, without those of the page and of unroll.js. */
export function originsOf({ names, index }: PackageRequest): string[] {
  const addresses = [...names, index ?? ''].filter((address) => URL.canParse(address) && !isOwn(address));
  const origins = addresses.map((address) => new URL(address).origin);
  return [...new Set(origins)].filter((origin) => plainOrigin.test(origin));
}

/** The part of a request that the page fetches itself. */
export function ownPart({ names, index }: PackageRequest): PackageRequest | null {
  const own = {
    names: index && isOwn(index) ? names : names.filter(isOwn),
    index: index && isOwn(index) ? index : null,
  };
  return own.names.length > 0 || own.index ? own : null;
}

/** Fetches that part, by address. What does not come is missing: the worker then says so. */
export async function fetchOwn({ names, index }: PackageRequest): Promise<KeptFiles> {
  const files: KeptFiles = new Map();
  const get = async (address: string) => {
    const bytes = await fetchAsNobody(address);
    if (bytes) files.set(address, bytes);
    return bytes;
  };
  const list = index && (await get(index + listName));
  const listed = list ? packagesIn(list) : {};
  // Which gets what is not in the index.
  const needed = withDependencies([...names, 'micropip'], listed);
  const wheels = [...names.filter(isOwn), ...needed.map(({ file_name }) => new URL(file_name, index ?? '').href)];
  await Promise.all(wheels.filter((address) => isOwn(address) && isWheel(address)).map(get));
  return files;
}

const isWheel = (address: string) => /\.(?:whl|zip|tar\.gz)$/.test(new URL(address).pathname);

function packagesIn(list: Uint8Array): PackageList['packages'] {
  try {
    return JSON.parse(new TextDecoder().decode(list)).packages ?? {};
  } catch {
    return {};
  }
}

async function fetchAsNobody(address: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const answer = await fetch(address, { credentials: 'omit', redirect: 'error' }).catch(() => null);
  return answer?.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
}
