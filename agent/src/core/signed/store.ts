import type { Answer, Effect } from '@sutler/trust/client'
import { layout } from '../layout.ts'
import type { Files } from '../platform.ts'

/** The device's own store of trusted metadata. Every change is durable before the next one begins. */
export class TrustStore {
  private readonly files: Files

  constructor(files: Files) {
    this.files = files
  }

  async read(file: string, mostBytes: number): Promise<Answer> {
    const path = layout.trusted(file)
    const stat = await this.files.stat(path)
    if (stat?.kind !== 'file') return { kind: 'absent' }
    if (stat.size > mostBytes) return { kind: 'too-long' }
    const bytes = await this.files.read(path)
    return bytes === null ? { kind: 'absent' } : { kind: 'bytes', bytes }
  }

  carryOut(effect: Effect): Promise<void> {
    return effect.kind === 'persist' ? this.persist(effect.file, effect.bytes) : this.remove(effect.file)
  }

  /** A new file takes the old one's place by one rename: it is the whole old or the whole new one. */
  async persist(file: string, bytes: Uint8Array): Promise<void> {
    const { files } = this
    const next = layout.trusted(`${file}.next`)
    if ((await files.stat(layout.trust)) === null) {
      await files.makeDirectory(layout.trust)
      await files.syncDirectory('')
    }
    await files.remove(next)
    const writer = await files.create(next, 0o600)
    try {
      await writer.write(bytes)
      await writer.sync()
    } finally {
      await writer.close()
    }
    await files.rename(next, layout.trusted(file))
    await files.syncDirectory(layout.trust)
  }

  private async remove(file: string): Promise<void> {
    await this.files.remove(layout.trusted(file))
    await this.files.syncDirectory(layout.trust)
  }
}
