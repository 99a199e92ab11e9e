import { errorCode } from '../platform/errors.ts'

export const backupKeyInvalid = errorCode(
  'backup-key-invalid',
  400,
  'The key for backups is not one',
  'Give the recipient (age1…) or the key file that `sutler backup key` made, or a file with a passphrase of at least 12 characters.',
)

export const backupKeyWrong = errorCode(
  'backup-key-wrong',
  400,
  'The backup cannot be opened with this key',
  'Give the key file or the passphrase that belongs to the recipient with which the backup was made.',
)

export const backupDamaged = errorCode(
  'backup-damaged',
  422,
  'The backup is not whole',
  'Nothing was restored from it. Fetch it again from where it is kept, or use the one before it; `sutler backup verify` tells whether one is whole.',
)

export const backupUnreadable = errorCode(
  'backup-unreadable',
  400,
  'This is no backup of a hub',
  'Name a file that `sutler backup create` has made and that this user may read.',
)

export const backupNewer = errorCode(
  'backup-newer',
  409,
  'The backup was made by a newer hub',
  'Restore it with the version of the hub that made it, or a newer one.',
)

export const backupFailed = errorCode(
  'backup-failed',
  503,
  'The backup could not be made',
  'Nothing was left of it. Read the cause in the detail; most often the disk that it was to be on is full.',
)

export const backupExists = errorCode(
  'backup-exists',
  409,
  'There is a file of that name',
  'Name another file, or a directory: there each backup gets a name of its own. No file is written over.',
)

export const nothingToBackUp = errorCode(
  'nothing-to-back-up',
  409,
  'There is no hub here to back up',
  'Give the settings that the hub has (SUTLER_DATA, DATABASE_URL, or --env-file); the hub must have been started once.',
)

export const restoreTargetInUse = errorCode(
  'restore-target-in-use',
  409,
  'There is something where the backup is to be restored',
  'A restore never overwrites: name a data directory that does not exist yet (SUTLER_DATA), and a database without tables.',
)

export const restoreFailed = errorCode(
  'restore-failed',
  503,
  'The backup could not be restored',
  'What was begun does not start as a hub. Read the cause in the detail, then run the same command again: it clears what it had begun.',
)
