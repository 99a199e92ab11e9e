import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { CallerError, errorCode } from './errors.ts'

const restoreUnfinished = errorCode(
  'restore-unfinished',
  409,
  'A backup was being restored into this data directory',
  'Run `sutler restore` again with the same settings: it clears what it had begun and starts over.',
)

/** Lies in a data directory from the first to the last step of a restore. */
export const restoreMark = 'restoring'

/** @throws CallerError `restore-unfinished` when the directory is no hub's yet */
export async function refuseUnfinishedRestore(dataDirectory: string): Promise<void> {
  if (await hasRestoreMark(dataDirectory))
    throw new CallerError(restoreUnfinished, `${join(dataDirectory, restoreMark)} is there: the restore did not end.`)
}

export function hasRestoreMark(dataDirectory: string): Promise<boolean> {
  return stat(join(dataDirectory, restoreMark)).then(
    () => true,
    () => false,
  )
}
