import type { AgentPlatform } from '../platform.ts'

/** SHA-256, hex. */
export function digestOfBytes({ crypto }: Pick<AgentPlatform, 'crypto'>, bytes: Uint8Array): string {
  const hasher = crypto.sha256()
  hasher.update(bytes)
  return hasher.digest()
}

/**
 * SHA-256 of the regular file at `path`, hex; null when there is none. A link in its place counts as none.
 * @param pause called for the bytes that are read, to keep them slow
 */
export async function digestOf(
  platform: Pick<AgentPlatform, 'files' | 'crypto'>,
  path: string,
  pause?: (bytes: number) => Promise<void>,
): Promise<string | null> {
  if ((await platform.files.stat(path))?.kind !== 'file') return null
  const hasher = platform.crypto.sha256()
  for await (const chunk of platform.files.chunks(path)) {
    hasher.update(chunk)
    if (pause) await pause(chunk.length)
  }
  return hasher.digest()
}
