import { openAuditExport } from '@sutler/client'
import { verifyExport, type AuditVerdict } from '@sutler/trust/audit'
import { webTrustCrypto } from '@sutler/trust/web/verify'
import { connection } from '../../../api/client.ts'
import { linesOf } from '../../../parts/linesOf.ts'

/** Lines between two reports of how far it is. */
const together = 500

/** The hub's audit as it is now. The browser keeps it, on disk when it is long. @throws ApiError when the hub refuses */
export async function readExport(): Promise<Blob> {
  return new Response(await openAuditExport(connection)).blob()
}

/** @param tell how many lines were checked so far */
export async function verify(
  copy: Blob,
  trusted: string | null,
  tell: (lines: number) => void,
  change: (line: string) => string = (line) => line,
): Promise<AuditVerdict> {
  let count = 0
  const lines = async function* (): AsyncGenerator<string> {
    for await (const line of linesOf(copy.stream())) {
      if (++count % together === 0) tell(count)
      yield change(line)
    }
  }
  return verifyExport(webTrustCrypto, lines, trusted)
}

export interface Alteration {
  /** Line of the export, and what became of it. */
  readonly line: string
  readonly altered: string
  readonly was: string
  readonly became: string
}

/** A row of the export, altered as somebody might who wants to hide something; null when none has a text. */
export async function alterationOf(copy: Blob): Promise<Alteration | null> {
  for await (const line of linesOf(copy.stream())) {
    const row = JSON.parse(line) as { readonly entry?: string }
    const was = row.entry
    if (was === undefined) continue
    const became = was.includes('"verdict":"allowed"')
      ? was.replace('"verdict":"allowed"', '"verdict":"refused"')
      : was.replace('"verdict":"', '"verdict":"not ')
    return { line, altered: JSON.stringify({ ...row, entry: became }), was, became }
  }
  return null
}

/** Whether this browser can verify: a page that did not come by https has no Web Crypto. */
export function canVerify(): boolean {
  return globalThis.isSecureContext && 'subtle' in globalThis.crypto
}
