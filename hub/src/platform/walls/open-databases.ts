import { openDatabase, type Database, type DatabaseOptions } from '../database.ts'
import type { PreparedDatabase } from './prepare-database.ts'

/** The database as the two kinds of its users see it. */
export interface Databases {
  /** For the engine and every module but registration: registration's tables are closed to it. */
  readonly database: Database
  /** For registration: its tables, and with them, in the same transactions, everybody's. */
  readonly registrationDatabase: Database
  close(): Promise<void>
}

/** Connections of registration: it is asked in few places, and many devices at a time. */
const registrationConnections = 4
/** Of each tenant's requests. */
const tenantConnections = 5
const tenantRegistrationConnections = 2

/** Connects lazily, with the hub's own logins. */
export function openDatabases(urls: PreparedDatabase['urls'], options: DatabaseOptions): Databases {
  const { connections } = options
  const database = openDatabase(urls.hub, {
    ...options,
    tenants: { url: urls.tenant, connections: Math.min(connections, tenantConnections) },
  })
  const registrationDatabase = openDatabase(urls.registration, {
    ...options,
    connections: Math.min(connections, registrationConnections),
    schemas: ['registration', 'public'],
    tenants: { url: urls.registration_tenant, connections: Math.min(connections, tenantRegistrationConnections) },
  })
  return {
    database,
    registrationDatabase: {
      ...registrationDatabase,
      // What registration wants to see of every transaction, it wants of everybody's.
      beforeCommit(hook) {
        for (const each of [database, registrationDatabase]) each.beforeCommit(hook)
      },
    },
    async close() {
      await Promise.all([database.close(), registrationDatabase.close()])
    },
  }
}
