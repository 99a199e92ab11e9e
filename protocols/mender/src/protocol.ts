import { limitsOf } from './mapping/limits.ts'
import { MenderSessions } from './sessions.ts'
import { createHandler, type MenderHandler } from './transport/handler.ts'
import { Tokens } from './transport/token.ts'
import type { DeviceProtocol } from '@sutler/device-model'

export interface MenderProtocolDeps {
  /** 32 bytes, the same at every hub: devices' tokens are signed by it. */
  readonly tokenKey: Uint8Array<ArrayBuffer>
  readonly clock: {
    /** Milliseconds since the Unix epoch. */
    now(): number
    /** Milliseconds; never goes back. */
    monotonic(): number
  }
  /** Whether this is the address of a proxy of the operator's, from which the device's own address is believed. */
  readonly fronts?: (address: string) => boolean
  /** How long a body may take to arrive, milliseconds; 30 s by default. */
  readonly bodyPatience?: number
  /** What went wrong in the hub while a device was answered; the device tries again. */
  readonly onProblem?: (error: unknown) => void
}

export interface MenderProtocol extends DeviceProtocol {
  /** Answers what is below `/api/devices/`. @returns false for any other path, which is left alone */
  readonly handle: MenderHandler
}

/** Mender's device API, server side; operations and their tests in SPEC.md. Devices poll: nothing is ever sent to them. */
export function createMenderProtocol({
  tokenKey,
  clock,
  fronts = () => false,
  bodyPatience = 30_000,
  onProblem,
}: MenderProtocolDeps): MenderProtocol {
  const tokens = new Tokens(tokenKey, () => clock.now())
  const report = (error: unknown) => onProblem?.(error)
  const idle = createHandler({ sessions: null, tokens, fronts, bodyPatience }, report)
  let serving = idle
  return {
    name: 'mender',
    proof: 'reports',
    async start(host) {
      const sessions = new MenderSessions(host, () => clock.monotonic())
      serving = createHandler({ sessions, tokens, fronts, bodyPatience }, report)
    },
    async stop() {
      const { settled } = serving
      serving = idle
      await settled()
    },
    reaches: () => false,
    send: async () => {},
    limits: (asked) => limitsOf(asked),
    handle: (request, response) => serving.handle(request, response),
  }
}
