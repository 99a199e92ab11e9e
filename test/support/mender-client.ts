import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { until } from './until.ts'

const run = promisify(execFile)

/** Debian's `mender-client`, as an ordinary process with files of its own; it is unchanged, and does not know that it is tested. */
export interface MenderClient {
  /** A directory that its scripts can write to. */
  readonly directory: string
  /** PEM of the key that it has made. */
  publicKey(): Promise<string>
  /** What it has written to its log. */
  log(): string
  stop(): Promise<void>
}

/** @throws Error that names the package to install */
export async function requireMender(): Promise<void> {
  for (const [program, needed] of [
    ['mender', 'mender-client'],
    ['mender-artifact', 'mender-artifact'],
  ] as const) {
    try {
      await run(program, ['--version'])
    } catch (cause) {
      throw new Error(`the real client’s test needs Debian’s ${needed}: apt-get install ${needed}`, { cause })
    }
  }
}

/**
 * The client looks for its scripts and its artifact_info at fixed places: it gets a mount namespace in which our files lie there.
 * A user namespace makes that possible for anybody.
 */
const start = `
set -e
mount --bind "$1/identity" /usr/share/mender/identity
mount --bind "$1/inventory" /usr/share/mender/inventory
mount --bind "$1/etc" /etc/mender
exec mender --no-syslog --log-level info --config "$1/etc/mender.conf" --fallback-config "$1/etc/mender.conf" --data "$1/data" daemon
`

/**
 * @param hub where devices reach it, over TLS, and the PEM of who signs its certificate
 * @param serial what its identity script says
 */
export async function startMenderClient(
  hub: { readonly url: string; readonly authority: string },
  serial: string,
): Promise<MenderClient> {
  const directory = await mkdtemp(join(tmpdir(), 'sutler-mender-'))
  for (const name of ['identity', 'inventory', 'etc/scripts', 'data'])
    await mkdir(join(directory, name), { recursive: true })
  await script(join(directory, 'identity', 'mender-device-identity'), `echo "serial=${serial}"`)
  await script(
    join(directory, 'inventory', 'mender-inventory-test'),
    'echo "os=Debian GNU/Linux 12"; echo "mem_total_kB=2048"',
  )
  // A state script: it holds the client between download and installation while a test has a file `hold`.
  await writeFile(join(directory, 'etc/scripts', 'version'), '3')
  await script(
    join(directory, 'etc/scripts', 'Download_Leave_00_hold'),
    `[ -e ${directory}/hold ] && touch ${directory}/held; while [ -e ${directory}/hold ]; do sleep 0.1; done`,
  )
  await writeFile(join(directory, 'etc', 'artifact_info'), 'artifact_name=factory\n')
  await writeFile(join(directory, 'data', 'device_type'), 'device_type=board\n')
  await writeFile(join(directory, 'etc', 'mender.conf'), JSON.stringify(configuration(hub.url, directory)))
  await writeFile(join(directory, 'etc', 'hub.pem'), hub.authority)
  const child = spawn('unshare', ['--user', '--map-root-user', '--mount', 'sh', '-c', start, 'sh', directory], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let written = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (written += text))
  const key = join(directory, 'data', 'mender-agent.pem')
  return {
    directory,
    log: () => written,
    async publicKey() {
      await until(() => readFile(key).catch(() => false), {
        what: `the client’s key; its log: ${written}`,
        deadline: 30_000,
      })
      return (await run('openssl', ['pkey', '-in', key, '-pubout'])).stdout
    },
    async stop() {
      await ended(child)
      await rm(directory, { recursive: true, force: true })
    },
  }
}

function configuration(hub: string, directory: string) {
  return {
    ServerURL: hub,
    ServerCertificate: join(directory, 'etc', 'hub.pem'),
    UpdatePollIntervalSeconds: 1,
    InventoryPollIntervalSeconds: 2,
    RetryPollIntervalSeconds: 1,
    DeviceTypeFile: join(directory, 'data', 'device_type'),
    UpdateLogPath: join(directory, 'data'),
    DBus: { Enabled: false },
  }
}

async function script(path: string, text: string): Promise<void> {
  await writeFile(path, `#!/bin/sh\n${text}\n`, { mode: 0o755 })
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await exit
}

/** A real artifact for the `script` update module, made by `mender-artifact`. @param more further arguments */
export async function scriptArtifact(name: string, text: string, more: readonly string[] = []): Promise<Buffer> {
  const directory = await mkdtemp(join(tmpdir(), 'sutler-artifact-'))
  try {
    const [file, output] = [join(directory, 'run.sh'), join(directory, 'out.mender')]
    await script(file, text)
    const about = ['--type', 'script', '--artifact-name', name, '--device-type', 'board', '--file', file]
    await run('mender-artifact', ['write', 'module-image', ...about, '--output-path', output, ...more])
    return await readFile(output)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
