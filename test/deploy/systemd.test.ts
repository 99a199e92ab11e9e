import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { testDatabase } from '../support/database.ts'
import { startHub } from '../support/hub-process.ts'
import { listeningManager } from '../support/service-manager.ts'
import { until } from '../support/until.ts'

const run = promisify(execFile)
const units = new URL('../../deploy/systemd/', import.meta.url).pathname
const patience = 60_000

describe('the units for systemd', () => {
  it('are understood, all but where the programs will be', async () => {
    const names = ['sutler.service', 'sutler-backup.service', 'sutler-backup.timer']
    const verify = run('systemd-analyze', ['verify', '--man=no', ...names.map((name) => join(units, name))])
    const { stderr } = await verify.catch((error: unknown) => error as { stderr: string })
    const complaints = stderr.split('\n').filter((line) => line.includes('sutler') && !/is not executable/.test(line))
    expect(complaints).toEqual([])
  })

  it.each(['sutler.service', 'sutler-backup.service'])('%s is exposed to little', async (name) => {
    const { stdout } = await run('systemd-analyze', ['security', '--offline=true', '--threshold=25', join(units, name)])
    const [, exposure] = /exposure level for \S+: (\d+\.\d)/.exec(stdout) ?? []
    expect(Number(exposure)).toBeLessThanOrEqual(2.5)
  })

  it('name the same places for the hub and its backups, so that these find its database', async () => {
    const [hub, backup] = await Promise.all(
      ['sutler.service', 'sutler-backup.service'].map((name) => readFile(join(units, name), 'utf8')),
    )
    const shared = (text: string) => text.match(/^(User|Environment=(TMPDIR|SUTLER_DATA)|RuntimeDirectory\w*)=.*$/gm)
    expect(shared(backup!)).toEqual(shared(hub!))
  })
})

it('a hub tells systemd when it is up, that it lives, and when it stops', { timeout: 2 * patience }, async () => {
  const database = await testDatabase()
  const manager = await listeningManager()
  onTestFinished(() => manager.stop())
  onTestFinished(() => database.close())
  const env = { NOTIFY_SOCKET: manager.socket, WATCHDOG_USEC: '1500000' }
  const hub = await startHub({ databaseUrl: database.url, env, withoutTrust: true })
  await until(() => manager.heard.filter((line) => line === 'WATCHDOG=1').length > 1, { deadline: patience })
  expect(manager.heard).toContain('READY=1')
  expect(manager.heard).toContainEqual(expect.stringMatching(/^STATUS=up: https:/))
  expect(manager.heard).not.toContain('STOPPING=1')
  await hub.stop()
  expect(manager.heard).toContain('STOPPING=1')
})
