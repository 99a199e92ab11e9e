import type { AgentPlatform } from '../../core/platform.ts'
import { nodeClock } from './clock.ts'
import { nodeCrypto } from './crypto.ts'
import { nodeFiles } from './files.ts'
import { nodeHttp } from './http.ts'
import { nodeLog } from './log.ts'
import { nodePatches } from './patches.ts'
import { nodeProbe } from './probe.ts'
import { nodeProcesses } from './processes.ts'
import { nodeSockets } from './sockets.ts'
import { TlsConnections } from './tls.ts'

/**
 * The platform for Node, from version 20 on.
 * @param root the agent's own directory, which must exist
 */
export function nodePlatform(
  root: string,
  options: { readonly jsonLog: boolean; readonly rest?: () => void },
): AgentPlatform {
  const tls = new TlsConnections()
  return {
    files: nodeFiles(root),
    http: nodeHttp(tls),
    sockets: nodeSockets(tls),
    secure: (identity) => tls.use(identity),
    showsCertificate: true,
    crypto: nodeCrypto,
    clock: nodeClock,
    patches: nodePatches(),
    processes: nodeProcesses(root),
    probe: nodeProbe,
    log: nodeLog(options.jsonLog),
    rest: options.rest ?? ((): void => undefined),
  }
}
