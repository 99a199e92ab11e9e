import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testAuthority } from './authority.ts'
import { freePort } from './free-port.ts'
import { until } from './until.ts'

const sample = new URL('../../deploy/proxy/nginx.conf', import.meta.url)
const path = { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` }

/** Debian's nginx with the sample of deploy/proxy: only ports and files are other ones. */
export interface Nginx {
  /** Where people and systems reach the hub, and devices of other protocols. */
  readonly url: string
  readonly devices: string
  /** PEM of who has signed its certificate. */
  readonly authority: string
  stop(): Promise<void>
}

/** Starts it; stop it after the test. @param hub URLs of the hub's listeners without TLS */
export async function startNginx(hub: { url: string; deviceUrl: string }): Promise<Nginx> {
  const directory = await mkdtemp(join(tmpdir(), 'sutler-nginx-'))
  const authority = testAuthority()
  const { certificate, key } = authority.server()
  await Promise.all([
    writeFile(join(directory, 'proxy.pem'), certificate),
    writeFile(join(directory, 'proxy.key'), key),
  ])
  const [port, devicePort] = [await freePort(), await freePort()]
  const site = changed(await readFile(sample, 'utf8'), [
    ['server 127.0.0.1:8481', `server ${new URL(hub.url).host}`],
    ['server 127.0.0.1:8482', `server ${new URL(hub.deviceUrl).host}`],
    ['listen 443 ssl', `listen 127.0.0.1:${port} ssl`],
    ['listen 8443 ssl', `listen 127.0.0.1:${devicePort} ssl`],
    [/\/etc\/nginx\/sutler\/\w+\.(pem|key)/g, `${directory}/proxy.$1`],
  ])
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${directory}/${name};`,
  )
  const user = process.getuid?.() === 0 ? 'user root;' : ''
  await writeFile(
    join(directory, 'nginx.conf'),
    `${user}\npid ${directory}/pid;\nevents {}\nhttp {\naccess_log off;\n${places.join('\n')}\n${site}\n}\n`,
  )
  const given = ['-p', directory, '-c', 'nginx.conf', '-e', 'stderr', '-g', 'daemon off;']
  const child = spawn('nginx', given, { env: path, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  child.once('error', (error) => (said += String(error)))
  await until(() => child.exitCode !== null || answers(devicePort), { what: 'nginx listens' })
  if (child.exitCode !== null) throw new Error(`nginx ended: ${said}`)
  return {
    url: `https://127.0.0.1:${port}`,
    devices: `https://127.0.0.1:${devicePort}`,
    authority: authority.root,
    async stop() {
      if (child.exitCode === null) {
        child.kill('SIGTERM')
        await once(child, 'exit')
      }
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** @throws Error for what is no longer in the sample */
function changed(text: string, changes: readonly (readonly [string | RegExp, string])[]): string {
  return changes.reduce((before, [what, to]) => {
    const after = before.replace(what, to)
    if (after === before) throw new Error(`deploy/proxy/nginx.conf has no ${String(what)} any more`)
    return after
  }, text)
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const tell = (open: boolean) => (): void => {
      socket.destroy()
      resolve(open)
    }
    socket.once('connect', tell(true)).once('error', tell(false))
  })
}
