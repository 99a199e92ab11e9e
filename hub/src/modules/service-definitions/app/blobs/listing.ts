import type { CollectorDeps } from './collector.ts'

/** File lists that are read in one round. */
const most = 200

/**
 * Writes down the files of lists that were stored before anybody counted. @returns whether those of all lists are known now: a list that cannot
 * be read could name any file.
 */
export async function writeDownLists({
  storage,
  filesOf,
  clock,
  log,
}: Pick<CollectorDeps, 'storage' | 'filesOf' | 'clock' | 'log'>): Promise<boolean> {
  const unlisted = await storage.unlisted(most)
  let unread = 0
  for (const manifest of unlisted) {
    try {
      const files = await filesOf(manifest)
      await storage.keepList(manifest, files, clock.now())
    } catch (error) {
      unread++
      log.error(
        { err: error, manifest },
        'a file list cannot be read: no stored file is removed until it is restored from a backup',
      )
    }
  }
  return unread === 0 && unlisted.length < most
}
