import { fromBase64Url } from '../bytes.ts'
import type { TrustCrypto } from '../crypto.ts'
import { ChainCheck } from './chain-check.ts'
import { AuditDigests } from './digests.ts'
import { readExportLine, readHead, type ExportedHead, type ExportHeader, type HeadText } from './export-lines.ts'

const chains = 64
/** More findings than this are counted, not told. */
const mostFindings = 200
const encoder = new TextEncoder()

export interface AuditVerdict {
  readonly rows: number
  /** How many of the rows are another tenant's, of which only the digest was seen. */
  readonly digests: number
  readonly heads: number
  /** SHA-256 of the key that the heads are signed with, in hexadecimal. */
  readonly fingerprint: string
  /** Number of the first head when older rows were removed up to it; null: the audit is there from its first row. */
  readonly since: number | null
  /** Number of the last head that is signed with the key; null when nothing was signed. */
  readonly until: number | null
  /** Its time. */
  readonly signedAt: string | null
  /** What is wrong, row by row; empty when all is whole. */
  readonly findings: readonly string[]
}

/**
 * Verifies an export: every signature, every hash, every place. `lines` is called twice, since heads come after the rows that
 * they sign.
 * @param trusted fingerprint of the key that must have signed; null: whichever the export names
 */
export async function verifyExport(
  crypto: TrustCrypto,
  lines: () => AsyncIterable<string>,
  trusted: string | null,
): Promise<AuditVerdict> {
  const findings: string[] = []
  const digests = new AuditDigests(crypto)
  const { header, heads, end } = await readHeads(lines(), findings)
  if (header === null) return noExport
  const fingerprint = await digests.ofText(header.key)
  if (trusted !== null && trusted !== fingerprint)
    findings.push(`the heads are signed with key ${fingerprint}, not with ${trusted}`)
  const signed = await new HeadCheck(crypto, header, findings).take(heads)
  const checks = await startChains(digests, header, signed, findings)
  const rows = await checkRows(lines(), checks)
  for (const check of checks) {
    await check.end()
    findings.push(...check.findings)
  }
  if (end === null) findings.push('the export ends too early')
  else if (end.rows !== rows.all || end.heads !== heads.length) findings.push('the export has lost lines')
  const more = findings.length - mostFindings
  const told = more > 0 ? [...findings.slice(0, mostFindings), `and ${more} more`] : findings
  const last = signed.at(-1)
  return {
    rows: rows.all,
    digests: rows.digests,
    heads: heads.length,
    fingerprint,
    since: header.cut,
    until: last?.number ?? null,
    signedAt: last?.at ?? null,
    findings: told,
  }
}

const noExport: AuditVerdict = {
  rows: 0,
  digests: 0,
  heads: 0,
  fingerprint: '',
  since: null,
  until: null,
  signedAt: null,
  findings: ['this is no export of an audit'],
}

async function checkRows(lines: AsyncIterable<string>, checks: readonly ChainCheck[]) {
  const rows = { all: 0, digests: 0 }
  for await (const text of lines) {
    const line = readExportLine(text)
    if (line === null || !('chain' in line)) continue
    rows.all++
    if (line.entry === undefined) rows.digests++
    await checks[line.chain]!.take(line)
  }
  return rows
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
class HeadCheck {
  readonly #crypto: TrustCrypto
  readonly #digests: AuditDigests
  readonly #header: ExportHeader
  readonly #findings: string[]

  constructor(crypto: TrustCrypto, header: ExportHeader, findings: string[]) {
    this.#crypto = crypto
    this.#digests = new AuditDigests(crypto)
    this.#header = header
    this.#findings = findings
  }

  /** @returns those that are signed with the key, in their order */
  async take(heads: readonly ExportedHead[]): Promise<HeadText[]> {
    const signed: HeadText[] = []
    let before: { readonly number: number; readonly text: string } | null = null
    for (const each of heads) {
      const head = readHead(each.head)
      const named = `head ${head?.number ?? `after ${before?.number ?? 0}`}`
      const good = head !== null && (await this.#isSigned('head', each.head, each.signature))
      if (!good) this.#findings.push(`${named} is not signed with the key`)
      if (head === null) continue
      if (before === null) await this.#first(head, each)
      else if (head.previous !== (await this.#digests.ofText(before.text)) || head.number !== before.number + 1)
        this.#findings.push(`${named} does not follow from the one before it: a head was altered, removed or exchanged`)
      before = { number: head.number, text: each.head }
      if (good) signed.push(head)
    }
    return signed
  }

  /** An audit begins at its first head, or at the one that it was cut at. */
  async #first(head: HeadText, { head: text, cut = '' }: ExportedHead): Promise<void> {
    const first = this.#header.cut ?? 1
    if (head.number !== first) this.#findings.push(`head ${first} is missing`)
    else if (this.#header.cut !== null && !(await this.#isSigned('cut', text, cut)))
      this.#findings.push(`rows before head ${first} were removed without a signed statement`)
  }

  async #isSigned(what: 'head' | 'cut', text: string, signature: string): Promise<boolean> {
    const key = fromBase64Url(this.#header.key)
    const bytes = fromBase64Url(signature)
    if (key === null || bytes === null) return false
    return this.#crypto.verifySignature('ed25519', key, encoder.encode(`sutler-audit-${what}/1\n${text}`), bytes)
  }
}

/** Each chain begins at its genesis, or at the head that it was cut at; heads say what must stand where. */
async function startChains(
  digests: AuditDigests,
  header: ExportHeader,
  signed: readonly HeadText[],
  findings: string[],
): Promise<ChainCheck[]> {
  const marks = Array.from({ length: chains }, () => new Map<number, string>())
  for (const { chains: ends } of signed)
    for (const [chain, [position, hash]] of ends.entries()) {
      const known = marks[chain]?.get(position)
      if (known !== undefined && known !== hash) findings.push(`heads disagree on row ${position} of chain ${chain}`)
      marks[chain]?.set(position, hash)
    }
  const cut = header.cut === null ? undefined : signed.find(({ number }) => number === header.cut)
  return Promise.all(
    marks.map(async (own, chain) => {
      const [position = 0, hash = await digests.ofText(`sutler audit chain ${chain}`)] = cut?.chains[chain] ?? []
      return new ChainCheck(digests, chain, { position, hash }, own)
    }),
  )
}
