import { createHash } from 'node:crypto'

/** One version of a service as the benches publish it: upload the files, then publish. */
export interface BenchService {
  readonly id: string
  readonly title: string
  /** Body of POST /services/{id}/versions. */
  readonly composition: {
    readonly version: string
    readonly notes: string
    readonly components: readonly {
      readonly name: string
      readonly deviceClass: string
      readonly files: readonly { path: string; size: number; digest: string; mode: number }[]
    }[]
  }
  /** Digest → content. */
  readonly files: ReadonlyMap<string, Buffer>
}

/** Path and size in bytes: 102,400 in all. */
const shape: readonly (readonly [string, number])[] = [
  ['app.js', 65_536],
  ['style.css', 32_768],
  ['index.html', 4_096],
]

/**
 * Three files, 100 KB, for every device class. The same `id` and `version` always give the same bytes; another version changes every file.
 */
export function smallService(id = 'bench', version = '1.0.0'): BenchService {
  const files = new Map<string, Buffer>()
  const listed = shape.map(([path, size]) => {
    const content = bytesFrom(`${id} ${version} ${path}`, size)
    const digest = createHash('sha256').update(content).digest('hex')
    files.set(digest, content)
    return { path, size, digest, mode: 0o644 }
  })
  const components = ['set-top-box', 'phone', 'gateway'].map((deviceClass) => ({
    name: `for-${deviceClass}`,
    deviceClass,
    files: listed,
  }))
  return { id, title: 'Small service', composition: { version, notes: '', components }, files }
}

/** Bytes that do not compress, from a seed: SHA-256 in counter mode. */
function bytesFrom(seed: string, size: number): Buffer {
  const blocks: Buffer[] = []
  for (let at = 0; at * 32 < size; at++) blocks.push(createHash('sha256').update(`${seed} ${at}`).digest())
  return Buffer.concat(blocks).subarray(0, size)
}
