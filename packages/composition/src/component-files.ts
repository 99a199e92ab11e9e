import { checkPaths } from '@sutler/wire'
import type { ManifestFile } from '@sutler/device-model'
import { compositionLimits, type Composition } from './composition.ts'
import { place, tooMany, type Finding } from './findings.ts'

const digestPattern = /^[0-9a-f]{64}$/

/** Every mistake in one component's file list; `pointer` is where the list is. */
export function fileFindings(pointer: string, files: readonly ManifestFile[]): Finding[] {
  const found: Finding[] = []
  if (files.length === 0) found.push(place(pointer, 'is empty: a component needs at least one file'))
  tooMany(found, pointer, files, compositionLimits.files)
  for (const [at, file] of files.entries()) {
    if (!digestPattern.test(file.digest)) {
      found.push(
        place(`${pointer}/${at}/digest`, `of ${file.path} is not a SHA-256 as 64 lower-case hexadecimal digits`),
      )
    }
    if (!Number.isSafeInteger(file.size) || file.size < 0 || file.size > compositionLimits.fileBytes) {
      found.push(
        place(
          `${pointer}/${at}/size`,
          `of ${file.path} must be a whole number from 0 to ${compositionLimits.fileBytes}`,
        ),
      )
    }
    if (file.mode !== 0o644 && file.mode !== 0o755) {
      found.push(place(`${pointer}/${at}/mode`, `of ${file.path} must be 420 (0644) or 493 (0755)`))
    }
  }
  return [...found, ...pathFindings(pointer, files)]
}

/** The path rules are those that devices refuse by: one implementation, in @sutler/wire. */
function pathFindings(pointer: string, files: readonly ManifestFile[]): Finding[] {
  const positions = new Map<string, number[]>()
  for (const [at, file] of files.entries()) {
    const known = positions.get(file.path)
    if (known) known.push(at)
    else positions.set(file.path, [at])
  }
  const found = checkPaths(files.map((file) => file.path)).filter((finding) => finding.code !== 'too-many')
  return found.map((finding) => {
    // Of a path that is there twice, the later one is pointed at.
    const at = positions.get(finding.path)?.at(-1)
    return place(at === undefined ? pointer : `${pointer}/${at}/path`, `“${finding.path}”: ${finding.detail}`)
  })
}

/** What the blob store says against a composition: `sizes` has the size of every stored blob, by digest. */
export function storedFindings(
  composition: Composition,
  sizes: ReadonlyMap<string, number>,
): { readonly missing: Finding[]; readonly wrong: Finding[] } {
  const missing = new Map<string, Finding>()
  const wrong: Finding[] = []
  for (const { pointer, file } of filesOf(composition)) {
    const stored = sizes.get(file.digest)
    if (stored === undefined) {
      if (!missing.has(file.digest))
        missing.set(file.digest, place(`${pointer}/digest`, `${file.digest} (${file.path}) is not stored`))
    } else if (stored !== file.size) {
      wrong.push(place(`${pointer}/size`, `of ${file.path} is ${file.size}, but the stored blob has ${stored} bytes`))
    }
  }
  return { missing: [...missing.values()], wrong }
}

function filesOf(composition: Composition): { readonly pointer: string; readonly file: ManifestFile }[] {
  return composition.components.flatMap((component, at) =>
    component.files.map((file, index) => ({ pointer: `/components/${at}/files/${index}`, file })),
  )
}
