/** `pg_advisory_lock` key: held, shared, by whoever copies the files of a snapshot; none is removed meanwhile. */
export const backupLock = 8482
