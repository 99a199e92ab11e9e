import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const run = promisify(execFile)
const root = new URL('../../', import.meta.url).pathname
const patience = 240_000

let folder: string
/** What dpkg would have put into `/`. */
let installed: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sutler-deb-'))
  await chmod(folder, 0o755)
  installed = join(folder, 'root')
  const tree = join(folder, 'tree')
  await run(process.execPath, [join(root, 'deploy/debian/build.ts'), '--tree', tree], { cwd: root })
  // As dpkg packs and unpacks it, without the minutes of compressing it.
  const packed = join(folder, 'sutler.deb')
  await run('dpkg-deb', ['--root-owner-group', '-Znone', '--build', tree, packed])
  await rm(tree, { recursive: true })
  await run('dpkg-deb', ['-x', packed, installed])
  await run('dpkg-deb', ['-e', packed, join(folder, 'control')])
  await rm(packed)
}, patience)

afterAll(() => rm(folder, { recursive: true, force: true }), patience)

/** A program of the package, by nobody in particular, with nothing of this process's environment. */
function start(words: readonly string[], env: Readonly<Record<string, string>>) {
  const node = join(installed, 'usr/lib/sutler/bin/node')
  const unprivileged = ['setpriv', '--reuid=nobody', '--regid=nogroup', '--clear-groups', '--no-new-privs']
  const [program, ...rest] = [...(process.getuid?.() === 0 ? unprivileged : []), node, ...words]
  return spawn(program!, rest, { env: { PATH: '/usr/bin:/bin', ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
}

async function untilLine(child: ReturnType<typeof start>, wanted: RegExp): Promise<string> {
  const seen: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    seen.push(line)
    if (wanted.test(line)) return line
  }
  throw new Error(`it ended:\n${seen.join('\n')}`)
}

describe('the Debian package', { timeout: patience }, () => {
  it('has what dpkg wants, and scripts that a shell reads', async () => {
    const control = await readFile(join(folder, 'control/control'), 'utf8')
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
    expect(control).toContain(`Version: ${version}\n`)
    for (const script of ['postinst', 'prerm', 'postrm']) await run('sh', ['-n', join(folder, 'control', script)])
    expect(await readdir(join(installed, 'usr/lib/systemd/system'))).toContain('sutler.service')
    expect((await stat(join(installed, 'etc/sutler/hub.env'))).mode & 0o007).toBe(0)
  })

  it('names in its units programs that it has', async () => {
    for (const unit of ['sutler.service', 'sutler-backup.service']) {
      const text = await readFile(join(installed, 'usr/lib/systemd/system', unit), 'utf8')
      const [, command] = /^ExecStart=(.+)$/m.exec(text)!
      const programs = command!.split(' ').filter((word) => word.startsWith('/usr/'))
      for (const program of programs) expect((await stat(join(installed, program))).isFile()).toBe(true)
    }
  })

  it('runs a hub and its backup, by a user who may write only to its data', async () => {
    const data = join(folder, 'state')
    await mkdir(data)
    await chmod(data, 0o777)
    const env = { TMPDIR: data, SUTLER_DATA: join(data, 'data'), SUTLER_HTTP_PORT: '0', SUTLER_MQTT_PORT: '0' }
    const lib = join(installed, 'usr/lib/sutler')
    const hub = start([join(lib, 'hub/src/main.ts')], env)
    const ended = once(hub, 'exit')
    try {
      await untilLine(hub, /the hub is up/)
      const cli = join(lib, 'packages/cli/src/main.ts')
      const key = start([cli, 'backup', 'key', '--out', join(data, 'key'), '--json'], env)
      const { recipient } = JSON.parse(await untilLine(key, /recipient/)) as { recipient: string }
      const backup = start([cli, 'backup', 'create', join(data, 'backup.age'), '--recipient', recipient, '--json'], env)
      expect(JSON.parse(await untilLine(backup, /madeAt/))).toMatchObject({ lacking: [] })
    } finally {
      hub.kill('SIGTERM')
      expect(await ended).toEqual([0, null])
    }
  })
})
