import { execFileSync, spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import { until } from './until.ts'

/** OpenLDAP’s slapd as Debian has it, with a few people in it, on loopback: with TLS, and without. */
export interface Slapd {
  readonly plain: string
  readonly secure: string
  /** PEM of its own certificate. */
  readonly authority: string
  readonly base: string
  /** The only one who may read. */
  readonly admin: { readonly dn: string; readonly password: string }
  /** Changes it as `ldapmodify` does. */
  modify(ldif: string): void
  stop(): Promise<void>
}

const base = 'dc=example,dc=org'
const admin = { dn: `cn=admin,${base}`, password: 'only for this test' }
const path = { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` }

const people = `dn: ${base}
objectClass: dcObject
objectClass: organization
o: Example
dc: example

dn: uid=ada,${base}
objectClass: inetOrgPerson
cn: Ada Byron
sn: Byron
uid: ada
mail: ada@example.org

dn: uid=star,${base}
objectClass: inetOrgPerson
cn: Star * (Sky)
sn: Sky
uid: star

dn: uid=evil,${base}
objectClass: inetOrgPerson
cn:: QWRhIAcgQmVsbA==
sn: Bell
uid: evil
`

/** Starts it; stop it after the test. */
export async function startSlapd(): Promise<Slapd> {
  const directory = await mkdtemp(join(tmpdir(), 'sutler-slapd-'))
  await mkdir(join(directory, 'db'))
  const [key, certificate] = [join(directory, 'key.pem'), join(directory, 'certificate.pem')]
  const subject = ['-subj', '/CN=directory', '-addext', 'subjectAltName=IP:127.0.0.1']
  const pair = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key]
  execFileSync('openssl', ['req', '-x509', ...pair, '-out', certificate, '-days', '2', ...subject], { stdio: 'pipe' })
  const schemas = ['core', 'cosine', 'inetorgperson'].map((name) => `include /etc/ldap/schema/${name}.schema`)
  const configuration = [
    ...schemas,
    'modulepath /usr/lib/ldap',
    'moduleload back_mdb',
    `pidfile ${join(directory, 'pid')}`,
    `TLSCertificateFile ${certificate}`,
    `TLSCertificateKeyFile ${key}`,
    'database mdb',
    `suffix "${base}"`,
    `rootdn "${admin.dn}"`,
    `rootpw "${admin.password}"`,
    `directory ${join(directory, 'db')}`,
    'access to * by anonymous auth by * none',
  ]
  const file = join(directory, 'slapd.conf')
  await writeFile(file, `${configuration.join('\n')}\n`)
  execFileSync('slapadd', ['-f', file], { input: people, env: path, stdio: ['pipe', 'pipe', 'pipe'] })
  const [plainPort, securePort] = [await freePort(), await freePort()]
  const [plain, secure] = [`ldap://127.0.0.1:${plainPort}`, `ldaps://127.0.0.1:${securePort}`]
  const child = spawn('slapd', ['-f', file, '-h', `${plain} ${secure}`, '-d', '0'], { env: path, stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await until(() => reached(securePort), { deadline: 60_000, what: 'slapd listens' })
  return {
    plain,
    secure,
    base,
    admin,
    authority: await readFile(certificate, 'utf8'),
    modify(ldif) {
      const login = ['-x', '-H', plain, '-D', admin.dn, '-w', admin.password]
      execFileSync('ldapmodify', login, { input: ldif, stdio: ['pipe', 'pipe', 'pipe'] })
    },
    async stop() {
      child.kill()
      await ended
      await rm(directory, { recursive: true, force: true })
    },
  }
}

function reached(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('close', () => socket.destroy())
  }).then((found) => found as boolean)
}
