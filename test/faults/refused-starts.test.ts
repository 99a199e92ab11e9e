import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { patience } from '../journeys/household.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { launch } from '../support/hub-process.ts'

let database: TestDatabase
let directory: string
let taken: Server
let port: string

beforeAll(async () => {
  database = await testDatabase()
  directory = await mkdtemp(join(tmpdir(), 'sutler-refused-'))
  taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  port = String((taken.address() as AddressInfo).port)
}, patience)

afterAll(async () => {
  await new Promise((resolve) => taken.close(resolve))
  await rm(directory, { recursive: true, force: true })
  await database.close()
}, patience)

/** What a hub with these settings says instead of coming up. */
async function refusal(more: Readonly<Record<string, string>>): Promise<string> {
  const ports = { SUTLER_HTTP_PORT: '0', SUTLER_MQTT_PORT: '0' }
  const attempt = launch({ SUTLER_DATA: directory, DATABASE_URL: database.url, ...ports, ...more })
  return attempt.then(
    ({ child }) => {
      child.kill('SIGKILL')
      return 'it started'
    },
    (error: unknown) => String(error),
  )
}

describe('a hub that cannot start ends with status 1 and says what to do', { timeout: 2 * patience }, () => {
  it.each([
    ['HTTPS', 'SUTLER_HTTP_PORT'],
    ['MQTTS', 'SUTLER_MQTT_PORT'],
  ])('when the %s port is taken', async (what, setting) => {
    const said = await refusal({ [setting]: port })
    expect(said).toContain('status 1')
    expect(said).toContain('[port-in-use]')
    expect(said).toContain(`${what} on 127.0.0.1:${port}`)
  })

  it('when a setting does not exist, with the nearest name', async () => {
    const said = await refusal({ SUTLER_HTP_PORT: '1' })
    expect(said).toContain('status 1')
    expect(said).toContain('SUTLER_HTP_PORT is no setting; did you mean SUTLER_HTTP_PORT?')
    expect(said).toContain('[configuration-invalid]')
  })

  it('when settings have values that cannot be, naming all of them', async () => {
    const said = await refusal({ SUTLER_HTTP_PORT: '99999', SUTLER_STOP_DEADLINE: 'soon', SUTLER_LOG_LEVEL: 'loud' })
    for (const name of ['SUTLER_HTTP_PORT', 'SUTLER_STOP_DEADLINE', 'SUTLER_LOG_LEVEL']) expect(said).toContain(name)
  })

  it('when the database cannot be reached, without showing its password', async () => {
    const url = `postgres://hub:open-sesame@127.0.0.1:${port}/hub?sslmode=disable`
    const said = await refusal({ DATABASE_URL: url.replace(port, '1') })
    expect(said).toContain('status 1')
    expect(said).toMatch(/\[[a-z-]+\]/)
    expect(said).not.toContain('open-sesame')
  })
})
