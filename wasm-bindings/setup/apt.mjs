/**
 * A private apt: Debian 13's packages, fetched from the mirror that this machine's own apt uses, checked by apt with
 * Debian's keys, and kept in a folder of ours. Needs no root and leaves the system's apt alone.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onPath } from './programs.mjs';
import { output, runLogged, StepError } from './steps.mjs';

const suite = 'trixie';
const releases = /^(trixie|bookworm|bullseye|forky|sid|stable|oldstable|oldoldstable|testing|unstable)(-updates)?$/;

/** Whether this machine has what the private apt needs. */
export const haveApt = () => ['apt-get', 'dpkg-deb', 'tar'].every((program) => onPath(program));

/** The Debian mirror in this machine's apt configuration, with or without downloaded lists. */
async function mirror() {
  const targets = ['indextargets', '--no-release-info', '--format', '$(RELEASE) $(REPO_URI)', 'Created-By: Packages'];
  const lines = (await output(['apt-get', ...targets])).split('\n').map((line) => line.split(' '));
  const found = lines.find(([release, uri]) => releases.test(release) && uri && !uri.includes('security'));
  if (found) return found[1];
  throw new StepError("this machine's apt names no Debian mirror", {
    advice:
      'Add a Debian mirror to the apt sources, or install Emscripten 3.1.69 or newer, CMake, Ninja and a C++20 compiler yourself and put them on PATH.',
  });
}

function keyring() {
  const folder = '/usr/share/keyrings';
  const path = ['debian-archive-keyring.pgp', 'debian-archive-keyring.gpg']
    .map((name) => join(folder, name))
    .find(existsSync);
  if (path) return path;
  throw new StepError(`no Debian archive keys in ${folder}`, {
    advice: 'apt-get install debian-archive-keyring, then try again.',
  });
}

/** apt with its own state in `folder`. */
export class PrivateApt {
  /** @param {string} folder */
  constructor(folder) {
    this.folder = folder;
    const settings = {
      'Dir::State': join(folder, 'state'),
      'Dir::State::status': join(folder, 'status'),
      'Dir::Cache': join(folder, 'cache'),
      'Dir::Etc::sourcelist': join(folder, 'sources.list'),
      'Dir::Etc::sourceparts': '/dev/null',
      'Dir::Etc::preferences': '/dev/null',
      'Dir::Etc::preferencesparts': '/dev/null',
      'APT::Install-Recommends': 'false',
      'APT::Default-Release': suite,
      'APT::Sandbox::User': 'root',
      'Acquire::Languages': 'none',
      'Acquire::Retries': '3',
    };
    this.options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
    this.advice =
      'Check that apt-get can reach its mirror (network, proxy in /etc/apt), then run the same command again.';
  }

  /** Reads the mirror's lists of packages. */
  async update() {
    const uri = await mirror();
    for (const sub of ['state/lists/partial', 'cache/archives/partial', 'debs'])
      mkdirSync(join(this.folder, sub), { recursive: true });
    writeFileSync(join(this.folder, 'status'), '');
    const source = `[signed-by=${keyring()}] ${uri} ${suite} main\n`;
    writeFileSync(join(this.folder, 'sources.list'), `deb ${source}deb-src ${source}`);
    await runLogged('apt', ['apt-get', ...this.options, '-o', 'APT::Update::Error-Mode=any', 'update'], {
      advice: this.advice,
    });
  }

  /** The packages and all that they depend on, as `name=version`. */
  async resolve(packages) {
    const plan = await output(['apt-get', ...this.options, 'install', '-s', ...packages], { advice: this.advice });
    return [...plan.matchAll(/^Inst (\S+) \((\S+)/gm)].map(([, name, version]) => `${name}=${version}`);
  }

  /** Downloads the packages named, nothing else. Returns the paths of the .deb files. */
  async download(packages) {
    const cwd = join(this.folder, 'debs');
    await runLogged('apt', ['apt-get', ...this.options, 'download', ...packages], {
      cwd,
      append: true,
      advice: this.advice,
    });
    return readdirSync(cwd)
      .filter((name) => name.endsWith('.deb'))
      .map((name) => join(cwd, name));
  }

  /** Downloads the upstream tarball of a source package. Returns its path. */
  async source(name) {
    const cwd = join(this.folder, 'debs');
    const command = ['apt-get', ...this.options, 'source', '--download-only', '--tar-only', name];
    await runLogged('apt', command, { cwd, append: true, advice: this.advice });
    const tarball = readdirSync(cwd).find((file) => file.startsWith(`${name}_`) && file.includes('.orig.tar'));
    if (!tarball) throw new StepError(`apt brought no source of ${name}`, { advice: this.advice });
    return join(cwd, tarball);
  }
}

/** Version of the operating system's C library and such, for messages. */
export function systemName() {
  try {
    return /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'this system';
  } catch {
    return 'this system';
  }
}
