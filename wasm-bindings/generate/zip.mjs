// A small ZIP writer: the same files give the same bytes.
import { crc32, deflateRawSync } from 'node:zlib';

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
 */
export function zip(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [path, content] of files) {
    const name = Buffer.from(path);
    const packed = deflateRawSync(content, { level: 9 });
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
