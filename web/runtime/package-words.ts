/** What the reader hears of real packages. */

import type { Need, PackageReport } from '../protocol/messages';

const spelled: Record<string, string> = { numpy: 'NumPy', matplotlib: 'Matplotlib', pandas: 'pandas' };
const nameOf = (name: string) => spelled[name] ?? name;

const advice =
  'Check the connection and press Run Code again; the author of this page can host a copy (the panel\'s "packages-url").';

/** What stands above the output: packages that nobody asked for by name, and small ones in the place of those out of reach. */
export function packageNotes(needs: Need[], { from, loaded, missing }: PackageReport): string[] {
  return needs.flatMap(({ package: name, used, small }) => {
    const got = loaded.find((one) => one.name === name);
    if (got) return used ? [`Using ${nameOf(name)} ${got.version} from ${from}: the program uses ${used}.`] : [];
    const gone = missing.find((one) => one.name === name);
    if (!gone || !small) return [];
    const why = used ? `The program uses ${used}, which the small ${nameOf(name)} of Unroll lacks. ` : '';
    return [
      `${why}${nameOf(name)} itself could not be loaded: ${gone.reason}. The program runs with the small one. ${advice}`,
    ];
  });
}

/** Why a program cannot run: a package that it asks for, of which there is no small one, is not to be had. */
export function packageProblem(needs: Need[], { missing }: PackageReport): string | null {
  const gone = missing.find(({ name }) => needs.some((need) => need.package === name && !need.small && !need.optional));
  return gone ? `The package ${nameOf(gone.name)} could not be loaded: ${gone.reason}. ${advice}` : null;
}
