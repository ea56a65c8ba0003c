/** For what a busy machine delays: a time limit, a worker that is ended because it did not answer in time. */

/** Tries until a result is good, `most` times at most, and gives the last one: what it asserts holds for a machine that has time. */
export async function tryUntil(isGood, attempt, most = 6) {
  let result = await attempt();
  for (let i = 1; i < most && !isGood(result); ++i) result = await attempt();
  return result;
}

/** How many times longer than its processor time work takes at the moment, because other programs run. */
export function contention() {
  const [began, before] = [performance.now(), process.cpuUsage()];
  let used = 0;
  while (used < 30) {
    const { user, system } = process.cpuUsage(before);
    used = (user + system) / 1000;
  }
  return Math.max(1, (performance.now() - began) / used);
}
