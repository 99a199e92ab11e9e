import { errorCode } from '../errors.ts'

export const embeddedPostgresMissing = errorCode(
  'embedded-postgres-missing',
  503,
  'There is no embedded PostgreSQL for this machine',
  'Run PostgreSQL 15 or newer yourself and set DATABASE_URL=postgres://user:password@host:5432/database.',
)

export const embeddedPostgresFailed = errorCode(
  'embedded-postgres-failed',
  503,
  'The embedded PostgreSQL did not start',
  'Read the last lines of its log in the detail; free disk space and memory, or set DATABASE_URL to a server of your own.',
)

export const dataDirectoryInUse = errorCode(
  'data-directory-in-use',
  409,
  'Another hub runs on this data directory',
  'Stop the other hub, or give this one a data directory of its own with SUTLER_DATA.',
)

export const dataDirectoryUnusable = errorCode(
  'data-directory-unusable',
  400,
  'The data directory cannot be used',
  'Give the hub a directory that it may write (SUTLER_DATA), or run it as the user to whom the directory belongs.',
)
