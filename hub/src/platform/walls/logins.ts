import { createHash, createHmac, hkdfSync, pbkdf2Sync, type KeyObject } from 'node:crypto'

/** What a hub's connections may log in as. None owns anything; `walls.ts` says what each may do. */
const parts = ['hub', 'registration', 'tenant', 'registration_tenant'] as const

export type LoginPart = (typeof parts)[number]

export interface Login {
  readonly name: string
  readonly password: string
}

/**
 * `hub`: modules and engine, on behalf of everybody. `tenant`: the same for one request, whose tenant's rows are all there is.
 * `registration` and `registration_tenant`: the module's own pair, which inherits what the other pair may.
 */
export type Logins = Readonly<Record<LoginPart, Login>>

/**
 * Names and passwords, derived from the sealing key: hubs of one database agree on them without storing them, and two
 * installations on one server do not meet.
 */
export function loginsOf(key: KeyObject): Logins {
  const installation = derived(key, 'sutler database logins', 4).toString('hex')
  const login = (part: LoginPart): Login => ({
    name: `sutler_${installation}_${part}`,
    password: derived(key, `sutler database password ${part}`, 32).toString('base64url'),
  })
  return Object.fromEntries(parts.map((part) => [part, login(part)])) as Record<LoginPart, Login>
}

/** `url` of a database with another login. */
export function urlOf(url: string, { name, password }: Login): string {
  const changed = new URL(url)
  changed.username = name
  changed.password = password
  return changed.href
}

/** What the server stores to check the password by (RFC 5803): the password itself never travels and is in no log of statements. */
export function verifier({ name, password }: Login): string {
  const salt = createHash('sha256').update(name).update(password).digest().subarray(0, 16)
  const iterations = 4096
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256')
  const keyOf = (text: string): Buffer => createHmac('sha256', salted).update(text).digest()
  const stored = createHash('sha256').update(keyOf('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${keyOf('Server Key').toString('base64')}`
}

function derived(key: KeyObject, info: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', info, bytes))
}
