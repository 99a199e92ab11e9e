import { totalmem } from 'node:os'
import type { Transform } from 'node:stream'
import { AgentError, reasonOf } from '../../core/errors.ts'
import type { Patches } from '../../core/platform.ts'

/** Bytes unpacked at once. */
const chunkBytes = 65_536

/** Null where the runtime has no zstd, or none that takes a dictionary. */
export function nodePatches(version: string = process.versions.node): Patches | null {
  return takesDictionaries(version) ? { memory: totalmem() / 8, unpack } : null
}

/** Node's zlib takes dictionaries for zstd from 22.19 and 24.6 on. */
function takesDictionaries(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 24 || (major === 24 && minor >= 6) || (major === 22 && minor >= 19)
}

async function* unpack(
  dictionary: Uint8Array,
  window: number,
  packed: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  // Loaded only now: an agent that updates nothing needs none of it.
  const { constants, createZstdDecompress } = await import('node:zlib')
  const params = { [constants.ZSTD_d_windowLogMax]: Math.ceil(Math.log2(window)) }
  const unpacker: Transform = createZstdDecompress({ dictionary, params, chunkSize: chunkBytes })
  void feed(unpacker, packed)
  try {
    yield* unpacker
  } catch (error) {
    throw error instanceof AgentError ? error : new AgentError('bad-patch', reasonOf(error), error)
  } finally {
    unpacker.destroy()
  }
}

/** At the unpacker's pace. What goes wrong ends the unpacker, and is told by it. */
async function feed(unpacker: Transform, packed: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const piece of packed) {
      if (unpacker.destroyed) return
      // A piece is only good until the next one is asked for, which is when this one has been taken.
      await new Promise<void>((resolve, reject) => {
        unpacker.write(piece, (error) => (error ? reject(error) : resolve()))
      })
    }
    unpacker.end()
  } catch (error) {
    unpacker.destroy(error as Error)
  }
}
