import { digestHex } from '@sutler/wire'
import { AgentError } from '../errors.ts'
import type { AgentPlatform } from '../platform.ts'
import { digestOfBytes } from './digest.ts'
import type { Wanted } from './fetch.ts'

/** A file on the device that another was made from. */
export interface PatchBase {
  /** SHA-256, hex. */
  readonly digest: string
  readonly path: string
  /** Bytes. */
  readonly size: number
}

/** RFC 9842, 5: a skippable frame of 32 bytes, which are the digest of the older file; a zstd frame follows. */
const magic = '5e2a4d1820000000'
const headBytes = 40

/** What a decoder has to reckon with at most (RFC 9842, 5): bytes of the window. */
export function windowOf(baseSize: number): number {
  return Math.min(Math.max(8 * 1024 ** 2, Math.ceil(1.25 * baseSize)), 128 * 1024 ** 2)
}

/**
 * Writes to `path`, which must not exist, what the patch at `packed` makes of an older file. Nothing is believed but the result: it has the wanted
 * size and digest, and is durable, when this resolves. Never writes more than the wanted size.
 * @throws AgentError `bad-patch`, or what the disk says; what was written is then of no use
 */
export async function unpackPatch(
  platform: AgentPlatform,
  wanted: Wanted,
  base: PatchBase,
  { packed, path, stop }: { readonly packed: string; readonly path: string; readonly stop: AbortSignal },
): Promise<void> {
  const { files, crypto, patches } = platform
  if (patches === null) throw bad('this runtime undoes no patches')
  const dictionary = await files.read(base.path)
  if (dictionary === null || digestOfBytes(platform, dictionary) !== base.digest)
    throw bad('the older file has changed')
  const hasher = crypto.sha256()
  let size = 0
  const writer = await files.create(path, wanted.mode)
  try {
    const frame = afterHead(files.chunks(packed), base.digest)
    for await (const piece of patches.unpack(dictionary, windowOf(base.size), frame)) {
      stop.throwIfAborted()
      size += piece.length
      if (size > wanted.size) throw bad(`it makes more than the ${wanted.size} bytes of the file`)
      hasher.update(piece)
      await writer.write(piece)
    }
    if (size !== wanted.size || hasher.digest() !== wanted.digest) throw bad(`it makes ${size} bytes of something else`)
    await writer.sync()
  } finally {
    await writer.close()
  }
}

/** The frame that follows the head. */
async function* afterHead(pieces: AsyncIterable<Uint8Array>, base: string): AsyncGenerator<Uint8Array> {
  const head = new Uint8Array(headBytes)
  let have = 0
  for await (const piece of pieces) {
    const missing = Math.min(headBytes - have, piece.length)
    head.set(piece.subarray(0, missing), have)
    have += missing
    if (missing > 0 && have === headBytes && headText(head) !== magic + base) throw bad('it is for another file')
    if (missing < piece.length) yield piece.subarray(missing)
  }
  if (have < headBytes) throw bad('it has no head')
}

function headText(head: Uint8Array): string {
  let text = ''
  for (const byte of head.subarray(0, 8)) text += byte.toString(16).padStart(2, '0')
  return text + digestHex(head.subarray(8))
}

function bad(detail: string): AgentError {
  return new AgentError('bad-patch', `the patch is of no use: ${detail}`)
}
