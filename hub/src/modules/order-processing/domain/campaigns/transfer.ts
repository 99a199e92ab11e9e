import type { Manifest } from '@sutler/device-model'

/** Bytes that a device fetches when it goes from one file list to another: whole, changed files only, and with patches. Pure. */

export interface Transfer {
  /** Every file. */
  readonly whole: number
  /** Files whose content the device does not have in the version before. */
  readonly changed: number
  /** The same, with a patch where there is one. */
  readonly patched: number
}

/** @param patch bytes of the patch from one content to another; null = there is none */
export function transferOf(
  from: Pick<Manifest, 'files'> | null,
  to: Pick<Manifest, 'files'>,
  patch: (from: string, to: string) => number | null,
): Transfer {
  const had = new Map((from?.files ?? []).map((file) => [file.path, file.digest]))
  const contents = new Set(had.values())
  const fetched = new Set<string>()
  let [whole, changed, patched] = [0, 0, 0]
  for (const { path, digest, size } of to.files) {
    whole += size
    if (contents.has(digest) || fetched.has(digest)) continue
    fetched.add(digest)
    changed += size
    const before = had.get(path)
    patched += Math.min(size, before === undefined ? size : (patch(before, digest) ?? size))
  }
  return { whole, changed, patched }
}
