import type { Around, Need, PackageRequest } from '../protocol/messages';
import { isWheelAddress } from '../protocol/package-list';

/**
 * What of a stranger's needs to believe: its worker may say anything, and the next one may reach the hosts that it names.
 * So addresses count only where the page names them or the reader could see them, in the program or in what is around it.
 */
export function credible(needs: Need[], job: { code: string; packages: PackageRequest } & Around): Need[] {
  const texts = [job.code, job.setup, job.check, ...(job.beside ?? [])];
  const isGiven = (address: string) =>
    job.packages.names.includes(address) || texts.some((text) => text?.includes(address));
  return needs.filter((need) => !isWheelAddress(need.package) || isGiven(need.package));
}
