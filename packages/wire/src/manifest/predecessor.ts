import type { ManifestFile } from '@sutler/device-model'

/**
 * The file that `file` most likely was made from: the one at its path, else one whose name is the same but for numbers and digests
 * (`app-1.2.0.js` and `app-1.3.0.js`, `main.3f2a9c1b.css`), else one of its name in another directory; of several the nearest in size. Hub and
 * devices choose by the same rule, so that the hub has the patches that devices can use.
 * @param older the files of an older version of the same component
 */
export function predecessorOf(
  file: Pick<ManifestFile, 'path' | 'size'>,
  older: readonly ManifestFile[],
): ManifestFile | null {
  const same = older.find(({ path }) => path === file.path)
  if (same !== undefined) return same
  const shape = shapeOf(file.path)
  const alike = older.filter(({ path }) => shapeOf(path) === shape)
  const name = shape.slice(shape.lastIndexOf('/') + 1)
  const moved = older.filter(({ path }) => shapeOf(path.slice(path.lastIndexOf('/') + 1)) === name)
  const found = alike.length > 0 ? alike : moved
  return (
    found.toSorted(
      (one, other) => distance(one, file) - distance(other, file) || (one.path < other.path ? -1 : 1),
    )[0] ?? null
  )
}

/** A path without what changes from version to version: numbers, and words of hexadecimal digits that a build makes of the content. */
function shapeOf(path: string): string {
  return path.replaceAll(/\b(?=[a-z]*\d)[0-9a-f]{6,}\b|\d+(?:[._]\d+)*/g, '#')
}

function distance(one: Pick<ManifestFile, 'size'>, other: Pick<ManifestFile, 'size'>): number {
  return Math.abs(one.size - other.size)
}
