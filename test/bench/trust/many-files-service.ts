import { createHash } from 'node:crypto'
import type { BenchService } from '../small-service.ts'

/** Bytes of each. */
const size = 512

/** A service for set-top boxes with so many small files; all versions have the same. */
export function manyFilesService(count: number, version: string): BenchService {
  const files = new Map<string, Buffer>()
  const listed = Array.from({ length: count }, (_, index) => {
    const content = Buffer.alloc(size, `file ${index}\n`)
    const digest = createHash('sha256').update(content).digest('hex')
    files.set(digest, content)
    return { path: `part-${index % 20}/file-${index}.txt`, size, digest, mode: 0o644 }
  })
  const components = [{ name: 'files', deviceClass: 'set-top-box', files: listed }]
  return { id: 'many-files', title: 'Many files', composition: { version, notes: '', components }, files }
}
