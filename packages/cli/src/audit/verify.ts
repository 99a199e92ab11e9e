import { createPublicKey, verify, type KeyObject } from 'node:crypto'
import { ChainCheck, sha256 } from './chain-check.ts'
import { readExportLine, readHead, type ExportedHead, type ExportHeader, type HeadText } from './export-lines.ts'

const chains = 64
/** More findings than this are counted, not told. */
const mostFindings = 200
const ed25519Prefix = Buffer.from('302a300506032b6570032100', 'hex')

export interface Verdict {
  readonly rows: number
  readonly heads: number
  /** SHA-256 of the key that the heads are signed with, in hexadecimal. */
  readonly fingerprint: string
  /** Time of the last head; null when nothing was signed. */
  readonly signedAt: string | null
  /** What is wrong, row by row; empty when all is whole. */
  readonly findings: readonly string[]
}

/**
 * Verifies an export: every signature, every hash, every place. `lines` is called twice, since heads come after the rows that
 * they sign.
 * @param trusted fingerprint of the key that must have signed; null: whichever the export names
 */
export async function verifyExport(lines: () => AsyncIterable<string>, trusted: string | null): Promise<Verdict> {
  const findings: string[] = []
  const { header, heads, end } = await readHeads(lines(), findings)
  if (header === null)
    return { rows: 0, heads: 0, fingerprint: '', signedAt: null, findings: ['this is no export of an audit'] }
  const fingerprint = sha256OfKey(header.key)
  if (trusted !== null && trusted !== fingerprint)
    findings.push(`the heads are signed with key ${fingerprint}, not with ${trusted}`)
  const signed = checkHeads(header, heads, findings)
  const checks = startChains(header, signed, findings)
  let rows = 0
  for await (const text of lines()) {
    const line = readExportLine(text)
    if (line === null || !('chain' in line)) continue
    rows++
    checks[line.chain]!.take(line)
  }
  const last = signed.at(-1)
  for (const check of checks) {
    check.end()
    findings.push(...check.findings)
  }
  if (end === null) findings.push('the export ends too early')
  else if (end.rows !== rows || end.heads !== heads.length) findings.push('the export has lost lines')
  const more = findings.length - mostFindings
  const told = more > 0 ? [...findings.slice(0, mostFindings), `and ${more} more`] : findings
  return { rows, heads: heads.length, fingerprint, signedAt: last?.at ?? null, findings: told }
}

interface Frame {
  readonly header: ExportHeader | null
  readonly heads: readonly ExportedHead[]
  readonly end: { rows: number; heads: number } | null
}

/** Everything but the rows. */
async function readHeads(lines: AsyncIterable<string>, findings: string[]): Promise<Frame> {
  let header: ExportHeader | null = null
  let end: Frame['end'] = null
  const heads: ExportedHead[] = []
  let number = 0
  for await (const text of lines) {
    number++
    const line = readExportLine(text)
    if (line === null) findings.push(`line ${number} of the export cannot be read`)
    else if ('audit' in line) header ??= line
    else if ('head' in line) heads.push(line)
    else if ('end' in line) end = line.end
    else if ('stray' in line)
      findings.push(
        `row ${line.stray.position} of chain ${line.stray.chain} was not appended by the hub: it is beyond the end of its chain`,
      )
  }
  return { header, heads, end }
}

/** Checks signatures and the heads' own chain. */
function checkHeads(header: ExportHeader, heads: readonly ExportedHead[], findings: string[]): HeadText[] {
  const key = keyOf(header.key)
  const read: HeadText[] = []
  let before: ExportedHead | null = null
  for (const each of heads) {
    const head = readHead(each.head)
    const named = `head ${head?.number ?? `after ${read.at(-1)?.number ?? 0}`}`
    const good = head !== null && isSigned(key, `sutler-audit-head/1\n${each.head}`, each.signature)
    if (!good) findings.push(`${named} is not signed with the key`)
    if (head === null) continue
    const first = header.cut ?? 1
    if (before === null && head.number !== first) findings.push(`head ${first} is missing`)
    const previous = before === null ? head.previous : sha256(before.head)
    if (before !== null && (head.previous !== previous || head.number !== read.at(-1)!.number + 1))
      findings.push(`${named} does not follow from the one before it: a head was altered, removed or exchanged`)
    if (header.cut === head.number && !isSigned(key, `sutler-audit-cut/1\n${each.head}`, each.cut ?? ''))
      findings.push(`rows before head ${head.number} were removed without a signed statement`)
    before = each
    if (good) read.push(head)
  }
  return read
}

/** Each chain begins at its genesis, or at the head that it was cut at; heads say what must stand where. */
function startChains(header: ExportHeader, signed: readonly HeadText[], findings: string[]): ChainCheck[] {
  const marks = Array.from({ length: chains }, () => new Map<number, string>())
  for (const { chains: ends } of signed)
    for (const [chain, [position, hash]] of ends.entries()) {
      const known = marks[chain]?.get(position)
      if (known !== undefined && known !== hash) findings.push(`heads disagree on row ${position} of chain ${chain}`)
      marks[chain]?.set(position, hash)
    }
  const cut = header.cut === null ? undefined : signed.find(({ number }) => number === header.cut)
  return marks.map((own, chain) => {
    const genesis = { position: 0, hash: sha256(`sutler audit chain ${chain}`) }
    const [position, hash] = cut?.chains[chain] ?? []
    return new ChainCheck(chain, position === undefined ? genesis : { position, hash: hash! }, own)
  })
}

function keyOf(raw: string): KeyObject | null {
  const bytes = Buffer.from(raw, 'base64url')
  if (bytes.length !== 32) return null
  return createPublicKey({ key: Buffer.concat([ed25519Prefix, bytes]), format: 'der', type: 'spki' })
}

function isSigned(key: KeyObject | null, text: string, signature: string): boolean {
  return key !== null && verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'))
}

function sha256OfKey(raw: string): string {
  return sha256(raw)
}
