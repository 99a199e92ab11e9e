import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { programFiles, thirdParty } from './contents.ts'

/**
 * `npm run build:deb`: dist/sutler_<version>_<architecture>.deb, of what is in the working copy and in node_modules. `--quick` packs it
 * loosely, `--tree DIR` leaves the tree there and packs nothing.
 */

const run = promisify(execFile)
const root = new URL('../../', import.meta.url).pathname
const here = join(root, 'deploy/debian')
const { values } = parseArgs({ options: { quick: { type: 'boolean' }, tree: { type: 'string' } } })

const architectures: Partial<Record<NodeJS.Architecture, string>> = { x64: 'amd64', arm64: 'arm64' }
const architecture = architectures[process.arch]
if (process.platform !== 'linux' || architecture === undefined)
  throw new Error(`The package is built on Linux, x64 or arm64, not on ${process.platform} ${process.arch}.`)

const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
const tree = values.tree ?? join(root, 'dist/deb')
await rm(tree, { recursive: true, force: true })

await program(join(tree, 'usr/lib/sutler'))
await place('deploy/debian/sutler', 'usr/bin/sutler', 0o755)
await place('deploy/debian/hub.env', 'etc/sutler/hub.env', 0o640)
for (const unit of await readdir(join(root, 'deploy/systemd')))
  await place(`deploy/systemd/${unit}`, `usr/lib/systemd/system/${unit}`)
await documents(join(tree, 'usr/share/doc/sutler'))
await control(join(tree, 'DEBIAN'))
await openToAll(tree)

if (values.tree === undefined) {
  const file = join(root, `dist/sutler_${version}_${architecture}.deb`)
  const level = values.quick === true ? '-z1' : '-z19'
  await run('dpkg-deb', ['--root-owner-group', '-Zzstd', level, '--build', tree, file])
  await rm(tree, { recursive: true })
  console.log(`${file}: ${((await stat(file)).size / 1e6).toFixed(0)} MB`)
}

/** What runs: sources without their tests, what npm brought for them, and the Node that they are run by. */
async function program(into: string): Promise<void> {
  for (const path of await programFiles(root)) await copy(join(root, path), join(into, path))
  for (const path of await thirdParty(root)) await copy(join(root, path), join(into, path))
  await copy(process.execPath, join(into, 'bin/node'))
  await chmod(join(into, 'bin/node'), 0o755)
}

async function documents(into: string): Promise<void> {
  await copy(join(root, 'docs'), into)
  for (const file of ['README.md', 'SECURITY.md']) await copy(join(root, file), join(into, file))
  await copy(join(root, 'deploy'), join(into, 'deploy'))
  await copy(join(root, 'LICENSE'), join(into, 'copyright'))
}

async function control(into: string): Promise<void> {
  await mkdir(into, { recursive: true })
  const { stdout } = await run('du', ['-sk', join(tree, 'usr')])
  const fields = {
    Package: 'sutler',
    Version: version,
    Architecture: architecture,
    Maintainer: 'The Sutler project <sutler@localhost>',
    'Installed-Size': stdout.split('\t')[0],
    // The Node and the PostgreSQL that it brings are linked with glibc as old as Debian 11’s.
    Depends: 'adduser, init-system-helpers (>= 1.54~), libc6 (>= 2.31), libstdc++6',
    Recommends: 'systemd',
    Section: 'net',
    Priority: 'optional',
    Description:
      'provisioning services for the devices in people’s homes and hands\n A developer publishes a service, somebody orders it for a household, and the hub carries it to\n every device concerned until each has proved that it runs what was ordered.',
  }
  await writeFile(
    join(into, 'control'),
    `${Object.entries(fields)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n')}\n`,
  )
  await writeFile(join(into, 'conffiles'), '/etc/sutler/hub.env\n')
  for (const script of ['postinst', 'prerm', 'postrm']) {
    await copy(join(here, script), join(into, script))
    await chmod(join(into, script), 0o755)
  }
}

async function place(from: string, to: string, mode = 0o644): Promise<void> {
  await copy(join(root, from), join(tree, to))
  await chmod(join(tree, to), mode)
}

async function copy(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  await cp(from, to, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true })
}

/** Whatever the umask of whoever builds it. */
async function openToAll(directory: string): Promise<void> {
  await run('find', [
    directory,
    '-not',
    '-path',
    '*/etc/sutler/*',
    '-not',
    '-type',
    'l',
    '-exec',
    'chmod',
    'u=rwX,go=rX',
    '{}',
    '+',
  ])
}
