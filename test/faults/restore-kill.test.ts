import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createHousehold, patience, publishTestService } from '../journeys/household.ts'
import { CommandLine } from '../support/command-line.ts'
import { launch, startHub } from '../support/hub-process.ts'
import { until } from '../support/until.ts'

const program = new URL('../../hub/src/backup/main.ts', import.meta.url).pathname

it(
  'a restore that is killed leaves nothing that starts, and succeeds when it is run again',
  { timeout: 4 * patience },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sutler-restore-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const hub = await startHub()
    onTestFinished(() => hub.stop())
    await createHousehold(hub)
    await publishTestService(hub, 'films', '1.0.0', [{ deviceClass: 'phone', files: { film: randomBytes(1_000_000) } }])
    const commands = new CommandLine(folder)
    const [file, keyFile] = [join(folder, 'backup.age'), join(folder, 'key')]
    const sutler = async (data: string, ...words: string[]) => {
      const { status, out, err } = await commands.run(words, { env: { SUTLER_DATA: data } })
      if (status !== 0) throw new Error(`status ${status}: ${out}${err}`)
    }
    await sutler(hub.data, 'backup', 'key', '--out', keyFile)
    const [recipient] = /age1\w+/.exec(await readFile(keyFile, 'utf8'))!
    await sutler(hub.data, 'backup', 'create', file, '--recipient', recipient)

    const data = join(folder, 'restored')
    const request = { command: 'restore', from: '-', opener: { keyFile, passphraseFile: null } }
    const restoring = spawn(process.execPath, [program, JSON.stringify(request)], {
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { ...process.env, SUTLER_DATA: data },
    })
    // All but the last bytes: it has loaded all rows, and waits for the rest of a file.
    const most = createReadStream(file, { end: Math.floor(((await stat(file)).size * 9) / 10) })
    most.pipe(restoring.stdin, { end: false })
    const hasKeys = () => stat(join(data, 'signer', 'keys.json')).then(() => true)
    await until(hasKeys, { deadline: patience, what: 'the keys of the backup' })
    const ended = new Promise((resolve) => restoring.once('exit', resolve))
    restoring.kill('SIGKILL')
    await ended

    const ports = { SUTLER_HTTP_PORT: '0', SUTLER_MQTT_PORT: '0' }
    const start = launch({ SUTLER_DATA: data, ...ports }).then(
      () => 'it started',
      (error: unknown) => String(error),
    )
    expect(await start).toContain('[restore-unfinished]')
    await sutler(data, 'restore', file, '--key', keyFile)
    await hub.kill()
    await hub.restart({ SUTLER_DATA: data })
    const { data: found } = await hub.api.GET('/api/v1/households')
    expect(found?.items).toMatchObject([{ name: 'Test' }])
  },
)
