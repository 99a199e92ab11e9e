import type { AgentPlatform } from '../platform.ts'

/** SHA-256 of the regular file at `path`, hex; null when there is none. A link in its place counts as none. */
export async function digestOf(
  platform: Pick<AgentPlatform, 'files' | 'crypto'>,
  path: string,
): Promise<string | null> {
  if ((await platform.files.stat(path))?.kind !== 'file') return null
  const hasher = platform.crypto.sha256()
  for await (const chunk of platform.files.chunks(path)) hasher.update(chunk)
  return hasher.digest()
}
