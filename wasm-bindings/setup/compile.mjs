/** Configures and builds CMake presets. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildFolder, cache, root } from './places.mjs';
import { main, runLogged, step } from './steps.mjs';
import { findToolchain } from './toolchain.mjs';

const advice =
  "The compiler's messages are above. Where they make no sense, remove the build folder and run the same command again.";

/**
 * Builds a target of a preset.
 * @param {import("./toolchain.mjs").Toolchain} toolchain
 * @param {string} preset of CMakePresets.json
 * @param {string} target
 */
export async function compile(toolchain, preset, target) {
  await configure(toolchain, preset);
  const jobs = String(availableParallelism());
  await step(`Compile ${preset}`, `target ${target} into build/${preset}`, () =>
    runLogged(`compile-${preset}`, ['cmake', '--build', '--preset', preset, '--target', target, '-j', jobs], {
      cwd: root,
      env: toolchain.env,
      advice,
    }),
  );
}

/** Configures anew when the toolchain, the arguments or CMake's files have changed; CMake sees to the rest itself. */
async function configure(toolchain, preset) {
  const wasm = preset.startsWith('wasm');
  const werror = `-DCMAKE_COMPILE_WARNING_AS_ERROR=${process.env.CI ? 'ON' : 'OFF'}`;
  const args = ['--fresh', '--preset', preset, werror, ...(wasm ? toolchain.wasmArgs : toolchain.nativeArgs)];
  const stamp = fingerprint(toolchain, args);
  const path = join(buildFolder(preset), 'configured');
  if (existsSync(path) && readFileSync(path, 'utf8') === stamp) return;
  const headers = `-DUNROLL_PCH_DIR=${join(cache, 'headers', `${preset}-${stamp.slice(0, 12)}`)}`;
  const command = [...(wasm ? ['emcmake'] : []), 'cmake', ...args, headers];
  await step(`Configure ${preset}`, 'compiler checks, libraries', () =>
    runLogged(`configure-${preset}`, command, { cwd: root, env: toolchain.env, advice }),
  );
  writeFileSync(path, stamp);
}

/** One hash over all that decides over the flags of a preset, and so over its precompiled headers. */
function fingerprint(toolchain, args) {
  const hash = createHash('sha256').update(JSON.stringify([toolchain.key, args]));
  for (const file of ['CMakePresets.json', 'core/compile-options.cmake', 'core/precompiled/CMakeLists.txt'])
    hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

// npm run compile -- native-debug unroll_tests
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => {
    const [preset, target = 'all'] = process.argv.slice(2);
    await compile(await findToolchain(), preset, target);
    console.log(`It is in ${buildFolder(preset)}.`);
  });
}
