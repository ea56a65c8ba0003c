"""PNG files: encoding, and reading back."""

import struct
import zlib

_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def encode_png(rows, dpi=None):
    """A PNG from rows of rgba bytes, from the top. Without transparency it is written as RGB."""
    width = len(rows[0]) // 4 if rows else 0
    opaque = all(not row[3::4].strip(b"\xff") for row in map(bytes, rows))
    if opaque:
        rows = [_without_alpha(row) for row in rows]
    header = struct.pack(">IIBBBBB", width, len(rows), 8, 2 if opaque else 6, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows), 6)
    size = b""
    if dpi:
        meter = round(dpi / 0.0254)
        size = _chunk(b"pHYs", struct.pack(">IIB", meter, meter, 1))
    return (
        _SIGNATURE + _chunk(b"IHDR", header) + size + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")
    )


def _without_alpha(row):
    rgb = bytearray(len(row) // 4 * 3)
    for part in range(3):
        rgb[part::3] = row[part::4]
    return rgb


def decode_png(data):
    """(width, height, channels, rows of bytes) of a PNG of 8 bits a channel, not interlaced."""
    if data[:8] != _SIGNATURE:
        raise ValueError("not a PNG file")
    at, body, palette, header = 8, b"", b"", None
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        chunk = data[at + 8 : at + 8 + size]
        if kind == b"IHDR":
            header = struct.unpack(">IIBBBBB", chunk)
        elif kind == b"PLTE":
            palette = chunk
        elif kind == b"IDAT":
            body += chunk
        at += size + 12
    width, height, depth, color, _, _, interlace = header
    if depth != 8 or interlace:
        raise ValueError("only PNG files of 8 bits a channel without interlacing can be read here")
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[color]
    rows = _unfiltered(zlib.decompress(body), width, height, channels)
    if color == 3:
        rows = [b"".join(palette[3 * i : 3 * i + 3] for i in row) for row in rows]
        channels = 3
    return width, height, channels, rows


def _unfiltered(data, width, height, channels):
    stride = width * channels
    rows, above = [], bytearray(stride)
    for y in range(height):
        start = y * (stride + 1)
        kind, row = data[start], bytearray(data[start + 1 : start + 1 + stride])
        if kind:
            for i in range(stride):
                left = row[i - channels] if i >= channels else 0
                corner = above[i - channels] if i >= channels else 0
                guess = (left, above[i], (left + above[i]) // 2, 0)[kind - 1]
                if kind == 4:
                    total = left + above[i] - corner
                    guess = min(
                        (left, above[i], corner), key=lambda value, total=total: abs(total - value)
                    )
                row[i] = (row[i] + guess) & 255
        rows.append(bytes(row))
        above = row
    return rows
