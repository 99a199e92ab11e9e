import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { answer, openAuditExport, type ClientOptions, type Schemas } from '@sutler/client'
import { verifyExport, type AuditVerdict } from '@sutler/trust/audit'
import { nodeTrustCrypto } from '@sutler/trust/node/verify'
import { Option, type Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { openSession } from '../session.ts'
import { createTerminal, printable } from '../terminal.ts'
import { lists } from './lists.ts'

/** `audit show|export|verify`. */
export function addAudit(program: Command): void {
  const audit = program.command('audit').description('the audit: who did what to what, and why')
  show(audit)
  audit
    .command('export')
    .description('write the whole audit to a file, for keeping and for `audit verify`')
    .argument('<file>', 'where to')
    .action(async (file: string) => {
      const { connection, terminal } = await openSession(false)
      await download(connection, file)
      terminal.result(null, () => `the audit is in ${file}`)
    })
  audit
    .command('verify')
    .description('check that no row of the audit was altered, removed or moved; exit status 1 when one was')
    .argument('[file]', 'an export; without one, the hub’s audit as it is now')
    .option('--key <fingerprint>', 'SHA-256 of the key that must have signed it, or a file with that')
    .option('--json', 'print JSON')
    .action(async (file: string | undefined, options: { key?: string; json?: boolean }) => {
      const trusted = options.key === undefined ? null : await fingerprintOf(options.key)
      const verdict = file === undefined ? await verifyHub(trusted) : await verifyFile(file, trusted)
      createTerminal(options.json === true).result(verdict, () => verdictText(verdict))
      if (verdict.findings.length > 0) process.exitCode = 1
    })
}

function show(audit: Command): void {
  const command = audit
    .command('show')
    .description('who did what, by time')
    .option('--about <id>', 'what concerns this: an order, a delivery, a device, a decision, …')
    .option('--principal <id>', 'what this one did')
    .option('--action <action>', 'such as order.write')
    .option('--since <time>', 'not before then, such as 2026-01-31T12:00:00Z')
    .addOption(new Option('--sort <order>', 'which come first (default: oldest)').choices(['oldest', 'newest']))
  lists(command, {
    read: async (api, query: Filters) => answer(await api.GET('/api/v1/audit', { params: { query } })),
    columns: {
      at: ({ at }) => at,
      who: ({ principal }) => principal.name ?? principal.id,
      what: sentenceOf,
      decision: ({ decision }) => decision ?? '',
    },
  })
}

interface Filters {
  cursor: string | undefined
  about?: string
  principal?: string
  action?: string
  since?: string
  sort?: 'oldest' | 'newest'
}

type Entry = Schemas['AuditEntry']

/** “may order.write (granted to operator; relation: any): order.acknowledged ord-1”. */
function sentenceOf({ action, verdict, reason, count, changes, object }: Entry): string {
  const may = verdict === 'allowed' ? `may ${action}` : `may not ${action}`
  const times = count > 1 ? `, ${count} times` : ''
  const about = Object.values(object).join(' ')
  const did = changes.map(({ type, subject, data }) => `${type} ${subject}${detailOf(data)}`).join('; ')
  return `${may}${times} (${reason})${did !== '' ? `: ${did}` : about === '' ? '' : `: ${about}`}`
}

function detailOf(data: Readonly<Record<string, unknown>>): string {
  const told = ['device', 'service', 'version', 'manifest', 'detail', 'reason'].map((name) => data[name])
  const texts = told.filter((each) => typeof each === 'string' && each !== '')
  return texts.length === 0 ? '' : ` (${texts.join(', ')})`
}

async function verifyHub(trusted: string | null): Promise<AuditVerdict> {
  const { connection } = await openSession(false)
  const folder = await mkdtemp(join(tmpdir(), 'sutler-audit-'))
  try {
    const file = join(folder, 'export.jsonl')
    await download(connection, file)
    return await verifyFile(file, trusted)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function verifyFile(file: string, trusted: string | null): Promise<AuditVerdict> {
  return verifyExport(nodeTrustCrypto, () => linesOf(file), trusted)
}

async function download(connection: ClientOptions, file: string): Promise<void> {
  const body = await openAuditExport(connection)
  try {
    await pipeline(Readable.fromWeb(body as never), createWriteStream(file, { mode: 0o600 }))
  } catch (error) {
    const { message } = error as Error
    const remedy = 'Look whether its folder has room and lets you write, then export it again.'
    throw new CommandError('file-unwritable', `${file} could not be written whole: ${message}`, remedy, error)
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const stream = createReadStream(file)
  try {
    for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) if (line !== '') yield line
  } catch (error) {
    const { message } = error as Error
    throw new CommandError('file-unreadable', `${file} cannot be read: ${message}`, 'Name an export.', error)
  }
}

async function fingerprintOf(given: string): Promise<string> {
  if (/^[0-9a-f]{64}$/.test(given)) return given
  const text = await readFile(given, 'utf8').then(
    (read) => read.trim(),
    () => '',
  )
  if (/^[0-9a-f]{64}$/.test(text)) return text
  throw new CommandError(
    'option-invalid',
    '--key is no fingerprint and no file with one',
    'Give 64 hexadecimal digits, as `sutler audit verify` prints them.',
  )
}

function verdictText({ rows, heads, fingerprint, signedAt, findings }: AuditVerdict): string {
  const what = `${rows} rows, ${heads} heads, the last signed at ${signedAt ?? '-'} with key ${fingerprint}`
  if (findings.length === 0) return `the audit is whole: ${what}`
  return [`the audit is NOT whole: ${what}`, ...findings.map((each) => `  ${printable(each)}`)].join('\n')
}
