/** Lines of an export of the audit (docs/guide/audit.md). */

export interface ExportHeader {
  readonly audit: 1
  readonly hub: string
  readonly tenant: string
  /** Raw Ed25519 key, base64url. */
  readonly key: string
  readonly exportedAt: string
  /** Number of the head that older rows were removed up to. */
  readonly cut: number | null
}

/** A row: its text, or of another tenant's only the digest of the text. Hashes in hexadecimal. */
export interface ExportedRow {
  readonly chain: number
  readonly position: number
  readonly hash: string
  readonly entry?: string
  readonly digest?: string
  readonly index?: 'wrong'
}

export interface ExportedHead {
  readonly head: string
  readonly signature: string
  readonly cut?: string
}

export type ExportLine =
  | ExportHeader
  | ExportedRow
  | ExportedHead
  | { readonly stray: { readonly chain: number; readonly position: number } }
  | { readonly end: { readonly rows: number; readonly heads: number } }

/** What a signed head says. */
export interface HeadText {
  readonly number: number
  readonly at: string
  readonly previous: string | null
  /** Position and hash of each chain's last row. */
  readonly chains: readonly (readonly [number, string])[]
}

/** The line, or null when it is none that an export can have. */
export function readExportLine(text: string): ExportLine | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null) return null
  const line = value as Record<string, unknown>
  if (line['audit'] === 1) return isHeader(line) ? (line as unknown as ExportHeader) : null
  if ('chain' in line) return isRow(line) ? (line as unknown as ExportedRow) : null
  if ('head' in line) return isHead(line) ? (line as unknown as ExportedHead) : null
  const inner = (line['stray'] ?? line['end']) as Record<string, unknown> | null | undefined
  if (typeof inner !== 'object' || inner === null) return null
  return Object.values(inner).every(isCount) ? (line as unknown as ExportLine) : null
}

/** The head's text as values, or null when it is not one. */
export function readHead(text: string): HeadText | null {
  try {
    const head = JSON.parse(text) as HeadText
    const chains = Array.isArray(head.chains) && head.chains.every(([place, hash]) => isCount(place) && isHash(hash))
    return isCount(head.number) && typeof head.at === 'string' && chains ? head : null
  } catch {
    return null
  }
}

function isHeader({ hub, tenant, key, cut }: Record<string, unknown>): boolean {
  return [hub, tenant, key].every((each) => typeof each === 'string') && (cut === null || isCount(cut))
}

function isRow({ chain, position, hash, entry, digest }: Record<string, unknown>): boolean {
  const told = typeof entry === 'string' || isHash(digest)
  return isCount(chain) && (chain as number) < 64 && isCount(position) && isHash(hash) && told
}

function isHead({ head, signature, cut }: Record<string, unknown>): boolean {
  return [head, signature].every((each) => typeof each === 'string') && (cut === undefined || typeof cut === 'string')
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function isHash(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
}
