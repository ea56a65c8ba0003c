/** The browsers that the tests drive: one of each of the three engines. */
import { existsSync } from 'node:fs';
import { onPath } from './programs.mjs';
import { confirm, explain, runLogged, StepError, step } from './steps.mjs';

const path = `${process.env.PATH}:/usr/bin`;
const firstOnPath = (...names) => names.map((name) => onPath(name, path)).find(Boolean);

/** `variable` names another one; `packages` is what Debian calls it. */
const browsers = {
  chromium: {
    title: 'Chromium',
    variable: 'CHROMIUM',
    packages: ['chromium'],
    find: () => firstOnPath('chromium', 'google-chrome', 'chromium-browser'),
  },
  firefox: {
    title: 'Firefox',
    variable: 'FIREFOX',
    packages: ['firefox-esr'],
    find: () => firstOnPath('firefox-esr', 'firefox'),
  },
  webkit: {
    title: 'WebKitGTK',
    variable: 'WEBKIT_DRIVER',
    packages: ['webkit2gtk-driver', 'xvfb'],
    find: () => firstOnPath('Xvfb') && firstOnPath('WebKitWebDriver'),
  },
};

/** The names of the browsers: chromium, firefox, webkit. */
export const browserNames = Object.keys(browsers);

/**
 * Path of a browser on this machine, of WebKitGTK's driver for webkit, or undefined. CHROMIUM, FIREFOX and WEBKIT_DRIVER name others.
 * @param {string} name one of browserNames
 */
export function findBrowser(name) {
  const { variable, find } = browsers[name];
  const named = process.env[variable];
  if (named) return existsSync(named) ? named : undefined;
  return find();
}

/** Why the tests of a browser cannot run here and what to do, or false where they can. */
export function whyNot(name) {
  if (findBrowser(name)) return false;
  const { title, variable, packages } = browsers[name];
  return `${title} is not on this machine: apt-get install ${packages.join(' ')}, or name it by ${variable}`;
}

/**
 * Installs with apt-get what is missing; a person at a terminal is asked first. Without Chromium there is no test of a page: that
 * is an error. Firefox or WebKitGTK where they cannot be had are said so, and their tests are skipped.
 * @returns {Promise<Record<string, string>>} the environment variables that name the browsers
 */
export async function ensureBrowsers() {
  const missing = browserNames.filter((name) => !findBrowser(name));
  for (const name of missing) {
    const { variable } = browsers[name];
    if (process.env[variable]) throw new StepError(`${variable} names ${process.env[variable]}, which is not there`);
  }
  try {
    if (missing.length > 0) await install(missing);
  } catch (error) {
    if (!findBrowser('chromium')) throw error;
    explain(error);
  }
  const chromium = whyNot('chromium');
  if (chromium) throw new StepError(chromium);
  for (const why of browserNames.map(whyNot).filter(Boolean)) console.log(`Tests are left out. ${why}`);
  const there = browserNames.filter(findBrowser);
  return Object.fromEntries(there.map((name) => [browsers[name].variable, findBrowser(name)]));
}

/** One apt-get call a browser, so that one which this system does not have costs no other. */
async function install(missing) {
  const titles = missing.map((name) => browsers[name].title).join(', ');
  const advice = 'Install what is missing yourself, or name it: CHROMIUM=/path/to/chromium FIREFOX=… npm test';
  if (!onPath('apt-get'))
    throw new StepError(`There is no ${titles} here, and no apt-get that could install it`, { advice });
  const asRoot = process.getuid() === 0 ? [] : sudo(titles, advice);
  const commands = missing.map((name) => [...asRoot, 'apt-get', 'install', '-y', ...browsers[name].packages]);
  const wanted = commands.flatMap((command) => command.slice(asRoot.length + 3)).join(' ');
  if (!(await confirm(`The tests need ${titles}. Install on this system (apt-get install ${wanted})?`)))
    throw new StepError(`The page's tests need ${titles}`, { advice });
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await step('Browsers', `apt-get install ${wanted}`, async () => {
    await runLogged('browsers', [...asRoot, 'apt-get', 'update'], { env, advice });
    for (const command of commands)
      await runLogged('browsers', command, { env, advice, append: true }).catch((error) => explain(error));
  });
}

function sudo(titles, advice) {
  if (!onPath('sudo')) throw new StepError(`There is no ${titles} here, and installing needs root or sudo`, { advice });
  return process.stdin.isTTY ? ['sudo'] : ['sudo', '-n'];
}
