import type { Manifest, ManifestFile } from '@sutler/wire'

/** How each file of a version gets into its directory. */
export interface StagePlan {
  /** Not on the device: one download per content, placed at the first path that wants it. */
  readonly fetch: readonly ManifestFile[]
  /** Content that another installed version has, at `from`. */
  readonly reuse: readonly { readonly file: ManifestFile; readonly from: string }[]
  /** Content that another path of the same version has: copied from there once it is in place. */
  readonly repeat: readonly { readonly file: ManifestFile; readonly from: string }[]
  /** Directories to be made, outermost first. */
  readonly directories: readonly string[]
}

/**
 * Plans how a version's directory is filled with the least download.
 * @param inPlace paths of the version that are there and verified already
 * @param known content on the device: digest → path in the agent's directory
 */
export function planStage(
  manifest: Manifest,
  inPlace: ReadonlySet<string>,
  known: ReadonlyMap<string, string>,
): StagePlan {
  const holders = new Map<string, string>()
  for (const file of manifest.files) if (inPlace.has(file.path)) holders.set(file.digest, file.path)
  const plan = {
    fetch: [] as ManifestFile[],
    reuse: [] as { file: ManifestFile; from: string }[],
    repeat: [] as StagePlan['repeat'][number][],
  }
  for (const file of manifest.files) {
    if (inPlace.has(file.path)) continue
    const holder = holders.get(file.digest)
    const from = known.get(file.digest)
    if (holder !== undefined) plan.repeat.push({ file, from: holder })
    else if (from !== undefined) plan.reuse.push({ file, from })
    else plan.fetch.push(file)
    if (holder === undefined) holders.set(file.digest, file.path)
  }
  return { ...plan, directories: directoriesOf(manifest) }
}

/** Every directory a manifest needs, outermost first. */
export function directoriesOf(manifest: Manifest): string[] {
  const found = new Set<string>()
  for (const { path } of manifest.files) {
    for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) found.add(path.slice(0, at))
  }
  return [...found].toSorted((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1))
}
