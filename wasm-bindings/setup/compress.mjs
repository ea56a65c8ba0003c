/** Compressed copies of the site's files, for hosts that send them as they are: .br and .gz beside each. */
import { createHash, randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism } from 'node:os';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { cache } from './places.mjs';

const kept = join(cache, 'compressed');
const keptDays = 30;
const compressible = new Set(['.html', '.js', '.mjs', '.css', '.json', '.svg', '.txt', '.py', '.wasm', '.zip']);
/** Below this a copy saves less than its own packet. */
const smallest = 1024;

/** The most that each format can do: it is done once, and read by everybody. */
const formats = {
  '.br': (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  '.gz': (bytes) => promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
};

/** Writes the copies of every file in `folder` that gets smaller. What was compressed once comes from the cache. */
export async function compressSite(folder) {
  mkdirSync(kept, { recursive: true });
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && compressible.has(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => statSync(path).size >= smallest);
  const jobs = files.flatMap((path) => Object.keys(formats).map((format) => ({ path, format })));
  const work = async () => {
    for (let job = jobs.pop(); job; job = jobs.pop()) await writeCopy(job);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  forgetOld();
}

async function writeCopy({ path, format }) {
  const bytes = readFileSync(path);
  const copy = await compressedCopy(bytes, format);
  if (copy.length < bytes.length) writeFileSync(path + format, copy);
}

/**
 * What a file's content is as a compressed copy; from the cache where it was compressed before.
 * @param {Buffer} bytes
 * @param {'.br' | '.gz'} format
 * @returns {Promise<Buffer>}
 */
export async function compressedCopy(bytes, format) {
  mkdirSync(kept, { recursive: true });
  const cached = join(kept, createHash('sha256').update(bytes).digest('hex') + format);
  if (existsSync(cached)) utimesSync(cached, new Date(), new Date());
  else {
    // What stands under its name is whole, also after a build that was ended, and beside another build.
    const unfinished = `${cached}.${randomUUID()}`;
    writeFileSync(unfinished, await formats[format](bytes));
    renameSync(unfinished, cached);
  }
  return readFileSync(cached);
}

function forgetOld() {
  const oldest = Date.now() - keptDays * 86_400_000;
  for (const name of readdirSync(kept)) {
    const path = join(kept, name);
    if (statSync(path, { throwIfNoEntry: false })?.mtimeMs < oldest) rmSync(path, { force: true });
  }
}
