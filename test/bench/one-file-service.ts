import { createHash, randomFillSync } from 'node:crypto'
import type { BenchService } from './small-service.ts'

/** A service for set-top boxes with a single file, of random bytes. */
export function oneFileService(size: number): BenchService {
  const content = randomFillSync(Buffer.allocUnsafe(size))
  const digest = createHash('sha256').update(content).digest('hex')
  const id = 'one-file'
  const component = {
    name: 'file',
    deviceClass: 'set-top-box',
    files: [{ path: 'content.bin', size, digest, mode: 0o644 }],
  }
  return {
    id,
    title: 'One large file',
    composition: { version: '1.0.0', notes: '', components: [component] },
    files: new Map([[digest, content]]),
  }
}
