import { CwmpUseError } from './errors.ts'
import { limitOf } from './mapping/limits.ts'
import { memoryOf } from './session/memory.ts'
import { AcsHandler } from './transport/acs-handler.ts'
import { AllowedAddresses } from './transport/allowed-addresses.ts'
import { connectionRequest } from './transport/connection-request.ts'
import { FileHandler } from './transport/file-handler.ts'
import { send, text, type CwmpHandler } from './transport/handler.ts'
import type { CwmpOptions } from './options.ts'
import type { DeviceProtocol, ProtocolHost } from '@sutler/device-model'

/** The protocol, with the requests that it takes from a web server: paths under `/cwmp`. */
export interface CwmpProtocol extends DeviceProtocol {
  readonly handle: CwmpHandler
  wake(device: string): Promise<void>
}

/** Milliseconds between connection requests to one device: TR-069 3.2.2 lets a device refuse what comes faster. */
const wakeEvery = 10_000
/** Devices of which the last connection request is known. */
const wakesKept = 20_000

/** CWMP (TR-069), the side of the ACS: clauses and their tests in SPEC.md. @throws CwmpUseError `bad-setting` */
export function createCwmpProtocol(options: CwmpOptions): CwmpProtocol {
  if (options.key.length < 32) throw new CwmpUseError('bad-setting', 'the key has fewer than 32 bytes')
  if (!(options.informInterval >= 60)) throw new CwmpUseError('bad-setting', 'Informs come at most once a minute')
  const allowed = new AllowedAddresses(options.connectionRequests)
  const woken = new Map<string, number>()
  let running: { readonly host: ProtocolHost; readonly acs: AcsHandler; readonly files: FileHandler } | null = null
  let working = 0
  let idle: (() => void) | null = null
  const done = (): void => {
    working--
    if (working === 0) idle?.()
  }
  return {
    name: 'cwmp',
    proof: 'reports',
    async start(host) {
      running = { host, acs: new AcsHandler(host, options), files: new FileHandler(host, options) }
    },
    async stop() {
      const { acs } = running ?? {}
      running = null
      if (working > 0) await new Promise<void>((resolve) => (idle = resolve))
      idle = null
      await acs?.end()
    },
    cutOff: (device) => running?.acs.cutOff(device),
    // Devices open sessions; between them nothing can be sent.
    reaches: () => false,
    async send() {},
    limits: limitOf,
    async wake(device) {
      const { host } = running ?? {}
      const now = options.clock.monotonic()
      if (host === undefined || allowed.empty || now - (woken.get(device) ?? -wakeEvery) < wakeEvery) return
      woken.delete(device)
      woken.set(device, now)
      if (woken.size > wakesKept) woken.delete(woken.keys().next().value!)
      const { identity, connectionRequestUrl } = memoryOf((await host.recall(device)).value)
      const login = identity === '' ? null : await host.secret('cwmp', identity, 'connection-request')
      if (login === null || connectionRequestUrl === '') return
      const { reached, detail } = await connectionRequest(
        connectionRequestUrl,
        { username: login.username, password: login.secret },
        allowed,
      )
      if (!reached) options.onProblem?.({ kind: 'not-woken', device, detail })
    },
    handle(request, response) {
      const path = (request.url ?? '').split('?', 1)[0]!
      if (path !== '/cwmp' && path !== '/cwmp/' && !path.startsWith('/cwmp/file/')) return false
      if (running === null) send(response, { ...text(503, 'Not now.', { 'retry-after': '10' }), close: true })
      else {
        working++
        const { acs, files } = running
        void (
          path.startsWith('/cwmp/file/') ? files.handle(request, response, path) : acs.handle(request, response)
        ).finally(done)
      }
      return true
    },
  }
}
