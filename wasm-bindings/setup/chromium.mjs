/** The browser that the tests drive. */
import { existsSync } from 'node:fs';
import { onPath } from './programs.mjs';
import { confirm, runLogged, StepError, step } from './steps.mjs';

const advice = 'Install Chromium yourself, or name one: CHROMIUM=/path/to/chromium npm test';

/** Path of Chromium on this machine, or undefined. CHROMIUM names another one. */
export function findChromium() {
  const named = process.env.CHROMIUM;
  if (named) return existsSync(named) ? named : undefined;
  return onPath('chromium', `${process.env.PATH}:/usr/bin`) ?? onPath('google-chrome') ?? onPath('chromium-browser');
}

/** Path of Chromium; installed with apt-get where it is missing. A person at a terminal is asked first. */
export async function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  if (process.env.CHROMIUM) throw new StepError(`CHROMIUM names ${process.env.CHROMIUM}, which is not there`);
  if (!onPath('apt-get')) throw new StepError('Chromium is missing, and there is no apt-get to install it', { advice });
  const asRoot = process.getuid() === 0 ? [] : sudo();
  const command = [...asRoot, 'apt-get', 'install', '-y', 'chromium'];
  if (!(await confirm(`Chromium is missing. Install it on this system (${command.join(' ')})?`))) {
    throw new StepError("the page's tests need Chromium", { advice });
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await step('Chromium', command.join(' '), async () => {
    await runLogged('chromium', [...asRoot, 'apt-get', 'update'], { env, advice });
    await runLogged('chromium', command, { env, advice, append: true });
  });
  const installed = findChromium();
  if (!installed) throw new StepError('apt-get installed no Chromium', { advice });
  return installed;
}

function sudo() {
  if (!onPath('sudo')) throw new StepError('Chromium is missing, and installing it needs root or sudo', { advice });
  return process.stdin.isTTY ? ['sudo'] : ['sudo', '-n'];
}
