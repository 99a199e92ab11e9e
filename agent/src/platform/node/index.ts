import type { AgentPlatform } from '../../core/platform.ts'
import { KeptLog } from '../../core/log/kept-log.ts'
import { nodeClock } from './clock.ts'
import { nodeCrypto } from './crypto.ts'
import { nodeFiles } from './files.ts'
import { nodeHttp } from './http.ts'
import { nodeLog } from './log.ts'
import { nodePatches } from './patches.ts'
import { nodeProbe } from './probe.ts'
import { nodeProcesses } from './processes.ts'
import { programScreen } from './screen.ts'
import { nodeSockets } from './sockets.ts'
import { TlsConnections } from './tls.ts'

export interface NodeOptions {
  readonly jsonLog: boolean
  /** What shows a text to the person at the device; absent or empty = there is no such thing. */
  readonly messageCommand?: readonly string[]
  readonly rest?: () => void
}

/**
 * The platform for Node, from version 20 on.
 * @param root the agent's own directory, which must exist
 */
export function nodePlatform(root: string, options: NodeOptions): AgentPlatform {
  const tls = new TlsConnections()
  const files = nodeFiles(root)
  const processes = nodeProcesses(root)
  const log = new KeptLog(files, nodeClock, nodeLog(options.jsonLog))
  const { messageCommand = [] } = options
  return {
    files,
    http: nodeHttp(tls),
    sockets: nodeSockets(tls),
    secure: (identity) => tls.use(identity),
    showsCertificate: true,
    crypto: nodeCrypto,
    clock: nodeClock,
    patches: nodePatches(),
    processes,
    probe: nodeProbe,
    log,
    keptLines: log,
    screen: messageCommand.length === 0 ? null : programScreen(processes, messageCommand),
    rest: options.rest ?? ((): void => undefined),
  }
}
