/** POSIX ustar, as much of it as Mender Artifacts use: plain files with short names. */

const block = 512

export function tarOf(files: readonly (readonly [string, Uint8Array])[]): Buffer {
  const parts = files.flatMap(([name, content]) => [head(name, content.length), content, padding(content.length)])
  return Buffer.concat([...parts, Buffer.alloc(2 * block)])
}

export function readTar(bytes: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>()
  for (let at = 0; at + block <= bytes.length && bytes[at] !== 0;) {
    const name = bytes.toString('utf8', at, at + 100).replace(/\0.*$/s, '')
    const size = Number.parseInt(bytes.toString('latin1', at + 124, at + 135), 8)
    if (!Number.isSafeInteger(size) || at + block + size > bytes.length) throw new Error('the archive is cut short')
    files.set(name, bytes.subarray(at + block, at + block + size))
    at += block + Math.ceil(size / block) * block
  }
  return files
}

function head(name: string, size: number): Buffer {
  const bytes = Buffer.alloc(block)
  bytes.write(name, 0, 100)
  bytes.write('0000644\0', 100)
  bytes.write('0000000\0', 108)
  bytes.write('0000000\0', 116)
  bytes.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  bytes.write('00000000000\0', 136)
  // The checksum is summed over spaces in its own place.
  bytes.write('        0', 148)
  bytes.write('ustar\x0000', 257)
  const sum = bytes.reduce((total, byte) => total + byte, 0)
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return bytes
}

function padding(size: number): Buffer {
  return Buffer.alloc((block - (size % block)) % block)
}
