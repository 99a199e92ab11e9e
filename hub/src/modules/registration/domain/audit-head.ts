import { hash, sign, type KeyObject } from 'node:crypto'
import type { WallTime } from '../../../platform/clock.ts'

/** Position and hash of a chain's last row. */
export interface ChainEnd {
  readonly position: number
  readonly hash: Buffer
}

/** A head as it is kept and exported: its text is what is signed. */
export interface SignedHead {
  readonly number: number
  readonly head: string
  /** Ed25519, base64url. */
  readonly signature: string
  /** Signed, when older rows were removed up to this head; else null. */
  readonly cut: string | null
}

/** The ends of all chains, in their order, and the head before it; as JSON with the keys in this order. */
export function headText(
  number: number,
  at: WallTime,
  previous: SignedHead | undefined,
  ends: readonly ChainEnd[],
): string {
  return JSON.stringify({
    number,
    at: new Date(at).toISOString(),
    previous: previous === undefined ? null : hash('sha256', previous.head, 'hex'),
    chains: ends.map(({ position, hash: last }) => [position, last.toString('hex')]),
  })
}

/** Signed with what it is, so that a signature is good for nothing else. */
export function signHead(key: KeyObject, head: string): string {
  return signed(key, `sutler-audit-head/1\n${head}`)
}

/** That rows up to this head were removed by whoever holds the key. */
export function signCut(key: KeyObject, head: string): string {
  return signed(key, `sutler-audit-cut/1\n${head}`)
}

function signed(key: KeyObject, text: string): string {
  return sign(null, Buffer.from(text), key).toString('base64url')
}

/** Whether any chain went on since. */
export function hasGrown(last: SignedHead | undefined, ends: readonly ChainEnd[]): boolean {
  if (last === undefined) return ends.some(({ position }) => position > 0)
  const { chains } = JSON.parse(last.head) as { chains: [number, string][] }
  return ends.some(({ position, hash: end }, chain) => {
    const before = chains[chain]
    return before?.[0] !== position || before[1] !== end.toString('hex')
  })
}
