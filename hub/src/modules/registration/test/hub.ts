import { Writable } from 'node:stream'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { databaseForThisTest, type TestDatabase } from '../../../../../test/support/database.ts'
import { manualClock, type ManualClock } from '../../../../../test/support/manual-clock.ts'
import { silentLog } from '../../../platform/log.ts'
import { testSealing } from '../../../../../test/support/sealing.ts'
import type { Role } from '../../../platform/access.ts'
import { localDoorbells } from '../../../platform/doorbells.ts'
import { api } from '../../../platform/http/api.ts'
import type { Sealing } from '../../../platform/sealing.ts'
import { createIdempotency } from '../../../platform/http/idempotency.ts'
import { mount } from '../../../platform/http/mount.ts'
import { scimPrefix } from '../../../platform/http/scim-error.ts'
import { createEntityManagement } from '../../entity-management/index.ts'
import { createRegistration, type RegistrationDependencies } from '../index.ts'

export interface Request {
  readonly token?: string | undefined
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

// oxlint-disable-next-line typescript/no-explicit-any -- tests look into answers of every shape
export type Answer = { status: number; headers: Headers; json: any; text: string }

export type TestHub = Awaited<ReturnType<typeof startHub>>

/** registration and entity-management on a database of the test's own, behind their real routes. */
export async function startHub(
  options: {
    database?: TestDatabase
    clock?: ManualClock
    sealing?: Sealing
    order?: RegistrationDependencies['order']
  } = {},
) {
  const database = options.database ?? (await databaseForThisTest())
  const clock = options.clock ?? manualClock()
  const logged: string[] = []
  const log = pino(
    { level: 'debug' },
    new Writable({ write: (line, _encoding, done) => (logged.push(String(line)), done()) }),
  )
  const doorbells = localDoorbells()
  const outside = { sealing: options.sealing ?? testSealing, inside: false }
  const entities = createEntityManagement({ database, doorbells, clock, log: silentLog, outside })
  const registration = createRegistration({
    mailer: null,
    database: database.registration,
    doorbells,
    clock,
    log,
    sealing: options.sealing ?? testSealing,
    auditRetention: 1_095 * 86_400_000,
    entities,
    deviceCertificateLifetime: 90 * 86_400_000,
    publicUrl: () => 'http://hub.test:8080',
    ownCertificate: true,
    identityProvidersInside: true,
    mqttUrl: () => 'mqtt://hub.test:1883',
    trustRoot: async () => '{}',
    keepers: () => [],
    order: options.order ?? (async () => null),
  })
  await registration.start()
  onTestFinished(() => registration.stop())

  const app = api()
  const idempotency = createIdempotency({ database, clock, retention: 86_400_000, abandonedAfter: 60_000 })
  const { access } = registration
  const modules = [entities.routes(access, registration.provisioning), registration.routes()]
  for (const module of modules) mount(app, '/api/v1', module, access, idempotency)
  const scim = entities.scim(access, registration.provisioning, {
    url: () => 'https://hub.test',
    bodyLimit: 1024 * 1024,
  })
  mount(app, scimPrefix, scim, access, idempotency)

  const request = async (method: string, path: string, { token, body, headers }: Request = {}): Promise<Answer> => {
    const response = await app.request(path.startsWith(scimPrefix) ? path : `/api/v1${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const json = /[/+]json/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, headers: response.headers, json: json ? JSON.parse(text) : null, text }
  }

  const login = async (name: string, password: string): Promise<string> => {
    const answer = await request('POST', '/sessions', { body: { name, password } })
    if (answer.status !== 201) throw new Error(`log-in of ${name}: ${answer.text}`)
    return answer.json.token as string
  }

  /** Makes the account that a link is for. */
  const setup = (link: string | null, name: string, password: string): Promise<Answer> =>
    request('POST', '/setup', {
      body: { token: new URL(link ?? 'http://none#none').hash.slice(1).split('.')[0], name, password },
    })

  let first: Promise<{ name: string; password: string; token: string }> | undefined
  const makeOperator = async () => {
    const made = { name: 'operator', password: 'password of the first operator' }
    const answer = await setup(await registration.setupLink(), made.name, made.password)
    if (answer.status !== 201) throw new Error(answer.text)
    return { ...made, token: answer.json.token as string }
  }
  /** The first operator's password and token. */
  const firstOperator = () => (first ??= makeOperator())
  /** A token of the first operator. */
  const operator = async (): Promise<string> => (await firstOperator()).token

  /** A new account's id and token. */
  const person = async (name: string, roles: readonly Role[], households: readonly string[] = []) => {
    const body = { name, password: `${name} long password`, roles, households }
    const made = await request('POST', '/accounts', { token: await operator(), body })
    if (made.status !== 201) throw new Error(made.text)
    return { id: made.json.id as string, token: await login(name, body.password) }
  }

  /** A new claim's secret. */
  const claim = async (household: string, more: object = {}): Promise<string> => {
    const made = await request('POST', '/claims', { token: await operator(), body: { household, ...more } })
    if (made.status !== 201) throw new Error(made.text)
    return made.json.claim as string
  }

  const household = async (name = 'Müller'): Promise<string> =>
    (await entities.addHousehold('main', name, 'Europe/Berlin')).id

  return {
    database,
    clock,
    logged,
    entities,
    registration,
    modules,
    request,
    login,
    setup,
    firstOperator,
    operator,
    person,
    claim,
    household,
  }
}
