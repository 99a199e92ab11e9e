import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { commandsOf, type GuideCommand } from '../support/guide.ts'
import { typed } from '../support/shell.ts'

const page = new URL('../../docs/guide/operating-patterns.md', import.meta.url)
/** The walk takes twenty seconds; the machine may be busy with other tests. */
const patience = 300_000
let directory: string
let database: TestDatabase
let env: Record<string, string>

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sutler-walk-'))
  database = await testDatabase()
  const [http, mqtt] = [await freePort(), await freePort()]
  const own = Object.entries(process.env).filter(([name]) => !/^(SUTLER_|DATABASE_URL$|FORCE_COLOR$)/.test(name))
  env = {
    ...(Object.fromEntries(own) as Record<string, string>),
    SUTLER_DATA: join(directory, 'data'),
    SUTLER_HTTP_PORT: String(http),
    SUTLER_MQTT_PORT: String(mqtt),
    SUTLER_HUB: `https://127.0.0.1:${http}`,
    SUTLER_CONFIG: join(directory, 'config.json'),
    DATABASE_URL: database.url,
  }
})

afterAll(async () => {
  await endHub()
  await database?.close()
  await rm(directory, { recursive: true, force: true })
}, patience)

/** The one that was started last, when the walk stopped on its way. */
async function endHub(): Promise<void> {
  const pid = Number(await readFile(join(directory, 'hub.pid'), 'utf8').catch(() => ''))
  try {
    if (pid > 0) process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return address.port
}

/** The guide's command with this test's places in it. */
function here({ command }: GuideCommand): string {
  return command.replaceAll('/tmp/walk', directory).replaceAll('.sutler/', `${env['SUTLER_DATA']}/`)
}

/** Without what is another one each time, and without remarks that depend on who was faster. */
function comparable(text: string): string {
  return text
    .replaceAll(directory, '/tmp/walk')
    .replaceAll(env['SUTLER_HUB']!, 'https://127.0.0.1:8480')
    .replace(/kept in \S+/g, 'kept in <file>')
    .replace(/\d{4}-\d\d-\d\dT[\d:]+\.\d{3}Z/g, '<time>')
    .replace(/^\d\d:\d\d:\d\d\.\d{3}/gm, '<clock>')
    .replace(/usr-\w+/g, '<account>')
    .replace(/^model:\S+ is in .*\n/gm, '')
}

interface Step {
  readonly at: string
  readonly type: string
  readonly outcome: string
}

describe('the operator’s walk, as docs/guide/operating-patterns.md has it', () => {
  it(
    'does what the guide says, command by command, and the timer fires once across a kill -9',
    { timeout: patience },
    async () => {
      const commands = commandsOf(await readFile(page, 'utf8'))
      const stop = commands.at(-1)!
      const walk = [...commands.slice(0, -1).map(here), 'sutler instance history trial/first --json', here(stop)]
      const printed = await typed(walk, { directory, env, deadline: patience - 10_000 })
      const told = commands.slice(0, -1).map(({ command, output }, at) => ({
        command,
        printed: comparable(output === null ? '' : printed[at]!),
      }))
      expect(told).toEqual(
        commands.slice(0, -1).map(({ command, output }) => ({ command, printed: comparable(output ?? '') })),
      )

      const steps = JSON.parse(printed.at(-2)!) as Step[]
      const reminders = steps.filter(({ type }) => type === 'remind')
      expect(reminders).toMatchObject([{ outcome: 'fired' }])
      const begun = steps.find(({ type }) => type === 'begin')!
      expect(Date.parse(reminders[0]!.at) - Date.parse(begun.at)).toBeGreaterThanOrEqual(3_000)
      expect(await readFile(join(directory, 'trial.svg'), 'utf8')).toMatch(/^<svg/)
    },
  )
})
