import { count, text, time, url, type Setting } from './setting.ts'

/** What the hub keeps, where, and for how long. */
export const storageSettings = {
  dataDirectory: {
    name: 'SUTLER_DATA',
    standard: './.sutler',
    schema: text,
    description: 'Directory of everything that the hub keeps: embedded PostgreSQL, files, keys.',
  },
  consoleDirectory: {
    name: 'SUTLER_CONSOLE',
    standard: null,
    schema: text,
    description: 'Directory of the built console; absent = the one that `npm run build:console` makes.',
  },
  databaseUrl: {
    name: 'DATABASE_URL',
    standard: null,
    schema: url('postgres', 'postgresql'),
    secret: true,
    description: 'PostgreSQL 15 or newer to use in place of the embedded one. Several hubs may share it.',
  },
  databaseConnections: {
    name: 'SUTLER_DATABASE_CONNECTIONS',
    standard: '10',
    schema: count,
    description:
      'Most connections of one hub for requests and work; some fifteen more are for devices, credentials, hot statements, filtered lists and notices. More than two for each of the database’s cores make it slower, not faster.',
  },
  sealingKeyFile: {
    name: 'SUTLER_SEALING_KEY_FILE',
    standard: null,
    schema: text,
    description:
      'File with the key that seals secrets in the database, made at the first start; `sealing.key` in the data directory unless given. All hubs of a database need the same one.',
  },
  statementTimeout: {
    name: 'SUTLER_STATEMENT_TIMEOUT',
    standard: '30s',
    schema: time,
    description: 'A database statement that takes longer is cancelled.',
  },
  databaseStartDeadline: {
    name: 'SUTLER_DATABASE_START_DEADLINE',
    standard: '120s',
    schema: time,
    description: 'How long the embedded PostgreSQL may take to start, recovery after a crash included.',
  },
  idempotencyRetention: {
    name: 'SUTLER_IDEMPOTENCY_RETENTION',
    standard: '24h',
    schema: time,
    description: 'How long the answer to a request with an Idempotency-Key can be asked for again.',
  },
  instanceRetention: {
    name: 'SUTLER_INSTANCE_RETENTION',
    standard: '30d',
    schema: time,
    description: 'How long an ended instance is kept with its history; then it is as if it had never been.',
  },
  historyRetention: {
    name: 'SUTLER_HISTORY_RETENTION',
    standard: '90d',
    schema: time,
    description:
      'How long an entry of an instance’s history is kept, also while the instance runs; and what attributes of devices, people and households were.',
  },
  auditRetention: {
    name: 'SUTLER_AUDIT_RETENTION',
    standard: '1095d',
    schema: time,
    description: 'How long rows of the audit are kept, at least 30 days. What is left can still be verified.',
  },
} as const satisfies Record<string, Setting<unknown>>
