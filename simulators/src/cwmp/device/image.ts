import { createHash } from 'node:crypto'

export interface ImageLabel {
  readonly name: string
  readonly version: string
}

/** A simulated image says on its first line what it is. */
export function imageOf({ name, version }: ImageLabel, size = 0): Buffer {
  const line = Buffer.from(`sutler-image ${name} ${version}\n`)
  return Buffer.concat([line, Buffer.alloc(Math.max(0, size - line.length), 'x')])
}

/** What an image says of itself; one that says nothing has the start of its digest for a version. */
export function labelOf(image: Buffer): ImageLabel {
  const said = /^sutler-image (\S+) (\S+)\n/.exec(image.toString('latin1', 0, 200))
  if (said) return { name: said[1]!, version: said[2]! }
  return { name: 'image', version: createHash('sha256').update(image).digest('hex').slice(0, 12) }
}
