// ZIP archives: the same files give the same bytes.
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

/** 1980-01-01, 00:00, in the format of ZIP headers. */
const date = 0x00210000;

function header(signature, fields) {
  const bytes = Buffer.alloc(4 + fields.reduce((n, [size]) => n + size, 0));
  bytes.writeUInt32LE(signature, 0);
  let at = 4;
  for (const [size, value] of fields) {
    if (size === 2) bytes.writeUInt16LE(value, at);
    else bytes.writeUInt32LE(value >>> 0, at);
    at += size;
  }
  return bytes;
}

/**
 * A ZIP archive of these files.
 * @param {[string, Buffer][]} files path and content of each
 * @param {{level?: number}} [options] how much is done to make it small, 0 to 9
 */
export function zip(files, { level = 9 } = {}) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [path, content] of files) {
    const name = Buffer.from(path);
    const packed = deflateRawSync(content, { level });
    const common = [
      [2, 20],
      [2, 0x0800],
      [2, 8],
      [4, date],
      [4, crc32(content)],
      [4, packed.length],
      [4, content.length],
      [2, name.length],
      [2, 0],
    ];
    const local = header(0x04034b50, common);
    const rest = [
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0o100644 << 16],
      [4, offset],
    ];
    directory.push(header(0x02014b50, [[2, 0x0314], ...common, ...rest]), name);
    parts.push(local, name, packed);
    offset += local.length + name.length + packed.length;
  }
  const size = directory.reduce((n, part) => n + part.length, 0);
  const end = header(0x06054b50, [
    [2, 0],
    [2, 0],
    [2, files.length],
    [2, files.length],
    [4, size],
    [4, offset],
    [2, 0],
  ]);
  return Buffer.concat([...parts, ...directory, end]);
}

/**
 * The files of a ZIP archive, as it was written here or by Python.
 * @param {Buffer} archive
 * @returns {Map<string, {crc: number, read: () => Buffer}>} by path
 */
export function unzip(archive) {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  let at = archive.readUInt32LE(end + 16);
  const files = new Map();
  for (let count = archive.readUInt16LE(end + 10); count > 0; --count) {
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    const [crc, size, local] = [16, 20, 42].map((offset) => archive.readUInt32LE(at + offset));
    const isPacked = archive.readUInt16LE(at + 10) !== 0;
    const read = () => {
      const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
      const content = archive.subarray(start, start + size);
      return isPacked ? inflateRawSync(content) : content;
    };
    files.set(archive.toString('utf8', at + 46, at + 46 + nameLength), { crc, read });
    at += 46 + nameLength + extra + comment;
  }
  return files;
}
