import type { TLSSocket } from 'node:tls'
import type { Incoming } from '../bindings.ts'

/** Ports of a listener with TLS, and of one without; null = none. */
export interface Ports {
  readonly secure: number | null
  readonly plain: number | null
}

/** Where the hub and its devices' apps are for whoever asks: by the name that they use, so that both are of one site. */
export interface OriginsOptions {
  /** After the start. */
  readonly hub: () => Ports
  readonly apps: () => Ports
  /** As the operator names them; null: by address and port. */
  readonly hubUrl: string | null
  readonly appsUrl: string | null
}

export interface Origins {
  /** On which apps run; null where there is none for this connection. */
  appsFor(incoming: Incoming): string | null
  /** Whose pages may put apps there. */
  hubsFor(incoming: Incoming): string[]
}

export function originsOf({ hub, apps, hubUrl, appsUrl }: OriginsOptions): Origins {
  return {
    appsFor: (incoming) => (appsUrl === null ? sibling(incoming, apps()) : new URL(appsUrl).origin),
    hubsFor(incoming) {
      const named = hubUrl === null ? [] : [new URL(hubUrl).origin]
      const beside = sibling(incoming, hub())
      return beside === null ? named : [...new Set([...named, beside])]
    },
  }
}

/** `name` or `[address]`, as it stands in a URL. */
const hostName = /^([a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i

/** The same name at another port, with TLS as this connection has it. */
function sibling(incoming: Incoming, ports: Ports): string | null {
  const encrypted = (incoming.socket as TLSSocket).encrypted === true
  const name = hostName.exec(incoming.headers.host ?? '')?.[1]
  const port = encrypted ? ports.secure : ports.plain
  return name === undefined || port === null
    ? null
    : new URL(`${encrypted ? 'https' : 'http'}://${name}:${port}`).origin
}
