import { createSecretKey } from 'node:crypto'
import { compose, type Hub } from '../../hub/src/compose.ts'
import { readConfig } from '../../hub/src/config.ts'
import { InvariantError } from '../../hub/src/platform/errors.ts'
import { localDoorbells } from '../../hub/src/platform/doorbells.ts'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { openDatabase } from '../../hub/src/platform/database.ts'
import { silentLog } from '../../hub/src/platform/log.ts'
import { createSealing } from '../../hub/src/platform/sealing.ts'
import { createMetrics } from '../../hub/src/platform/metrics.ts'
import type { Blobs } from '../../hub/src/platform/blobs.ts'

/** A hub that is put together but never started: enough to ask it what it would serve. */
export function composedHub(version: string): Hub {
  const config = readConfig({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' }, [])
  const database = openDatabase(config.databaseUrl!, { connections: 1, statementTimeout: 1000 })
  return compose({
    config,
    database,
    registrationDatabase: database,
    sealing: createSealing(createSecretKey(Buffer.alloc(32))),
    doorbells: localDoorbells(),
    blobs: noBlobs,
    clock: systemClock,
    log: silentLog,
    metrics: createMetrics(),
    signer: { publicKeys: refuse, newKey: refuse, sign: refuse },
    version,
    alone: false,
  })
}

const refuse = (): never => {
  throw new InvariantError('a hub that was not started stores nothing')
}
const noBlobs: Blobs = {
  partialDirectory: '',
  put: refuse,
  adopt: refuse,
  sizes: refuse,
  stat: refuse,
  open: refuse,
  remove: refuse,
  list: refuse,
}
