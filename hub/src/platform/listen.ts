import type { AddressInfo, Server } from 'node:net'
import { CallerError } from './errors.ts'
import { addressUnusable, portInUse } from './http/codes.ts'
import type { Log } from './log.ts'

/**
 * Lets `server` listen and returns the port, which matters when 0 (any free one) was asked for.
 * @throws CallerError `port-in-use`, `address-unusable` naming `what`, address and port
 */
export async function listen(server: Server, what: string, host: string, port: number, log: Log): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      const code = error.code === 'EADDRINUSE' ? portInUse : addressUnusable
      reject(new CallerError(code, `${what} on ${host}:${port}: ${error.code ?? error.message}.`, { cause: error }))
    }
    server.once('error', failed)
    server.listen({ host, port, backlog: 1024 }, () => {
      server.off('error', failed)
      resolve()
    })
  })
  // Later ones, such as no more file descriptors for a connection, concern that connection only.
  server.on('error', (error) => log.error({ err: error, server: what }, 'a connection could not be accepted'))
  return (server.address() as AddressInfo).port
}
