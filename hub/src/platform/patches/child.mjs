import { createHash } from 'node:crypto'
import { readFileSync, writeSync } from 'node:fs'
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/**
 * Makes one patch, in a process of its own whose memory is limited. Plain JavaScript: to take types away, the runtime needs WebAssembly, for
 * which it sets half a gigabyte aside.
 * `child.mjs <old file> <new file> <digest of the old> <windowLog> <tableLog>`.
 * Writes 32 bytes SHA-256, 8 bytes size (big endian), and the patch, to its standard output; nothing when it is not worth while.
 * The patch is content coded `dcz` (RFC 9842, 5): the digest of the old file in a skippable frame, then zstd with the old file as dictionary.
 */
const [fromPath = '', toPath = '', fromDigest = '', windowLog = '', tableLog = ''] = process.argv.slice(2)
const [from, to] = [readFileSync(fromPath), readFileSync(toPath)]

const params = {
  [constants.ZSTD_c_compressionLevel]: 5,
  [constants.ZSTD_c_windowLog]: Number(windowLog),
  [constants.ZSTD_c_hashLog]: Number(tableLog),
  [constants.ZSTD_c_chainLog]: Number(tableLog),
  [constants.ZSTD_c_searchLog]: 4,
}
const head = Buffer.concat([
  Buffer.from([0x5e, 0x2a, 0x4d, 0x18, 0x20, 0x00, 0x00, 0x00]),
  Buffer.from(fromDigest, 'hex'),
])
const frame = compressed(Math.floor(to.length / 2) - head.length)
// A file that itself looks like a dictionary of zstd's would be taken for one: so the patch has to prove itself.
if (frame !== null && zstdDecompressSync(frame, { dictionary: from, ...atOnce(to.length) }).equals(to)) {
  const size = Buffer.alloc(8)
  size.writeBigUInt64BE(BigInt(head.length + frame.length))
  const digest = createHash('sha256').update(head).update(frame).digest()
  for (const part of [digest, size, head, frame]) for (let at = 0; at < part.length;) at += writeSync(1, part, at)
}

/** Null when it would be longer than `most` bytes. */
function compressed(most) {
  try {
    return zstdCompressSync(to, { dictionary: from, params, ...atOnce(most) })
  } catch (error) {
    if (error.code === 'ERR_BUFFER_TOO_LARGE') return null
    throw error
  }
}

/** Into one buffer, rather than into many that are then put together. */
function atOnce(length) {
  return { maxOutputLength: length, chunkSize: Math.max(length, 64) }
}
