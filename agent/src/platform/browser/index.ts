import { KeptLog } from '../../core/log/kept-log.ts'
import type { AgentPlatform, Log, Processes, Screen } from '../../core/platform.ts'
import { browserClock } from './clock.ts'
import { browserCrypto } from './crypto.ts'
import type { DeviceDatabase } from './database.ts'
import type { BrowserFiles } from './files.ts'
import { browserHttp } from './http.ts'
import { browserProbe } from './probe.ts'
import { browserSockets } from './sockets.ts'

/** What is the page's own. */
export interface BrowserParts {
  /** Its base URL, from which the page came. */
  readonly hub: string
  readonly database: DeviceDatabase
  readonly files: BrowserFiles
  readonly processes: Processes
  /** Where lines are shown. */
  readonly log: Log
  readonly screen: Screen
}

/** The platform in a worker of a page. Who the hub is, is the browser's to verify, and no certificate is shown. */
export async function browserPlatform({ hub, database, log: shown, ...parts }: BrowserParts): Promise<AgentPlatform> {
  const log = new KeptLog(parts.files, browserClock, shown)
  return {
    ...parts,
    log,
    keptLines: log,
    http: browserHttp(hub),
    sockets: browserSockets,
    secure: () => undefined,
    showsCertificate: false,
    crypto: browserCrypto(database),
    clock: browserClock,
    patches: null,
    probe: await browserProbe(),
    onNetworkBack(back) {
      globalThis.addEventListener('online', back)
      return () => globalThis.removeEventListener('online', back)
    },
    rest: () => undefined,
  }
}
