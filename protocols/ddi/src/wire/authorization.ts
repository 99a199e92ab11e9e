/** What the Authorization header says. */
export interface Token {
  /** `target`: the device's own; `gateway`: one that many devices share. */
  readonly kind: 'target' | 'gateway'
  readonly token: string
}

/** `Authorization: TargetToken t` or `GatewayToken t`; null for anything else. Schemes in any case (RFC 9110, 11.1). */
export function readAuthorization(header: string | undefined): Token | null {
  const match = /^(target|gateway)token +([\x21-\x7e]{1,512})$/i.exec(header?.trim() ?? '')
  return match && { kind: match[1]!.toLowerCase() as Token['kind'], token: match[2]! }
}
