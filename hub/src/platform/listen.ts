import type { AddressInfo, Server } from 'node:net'
import { CallerError } from './errors.ts'
import { addressUnusable, portInUse } from './http/codes.ts'

/**
 * Lets `server` listen and returns the port, which matters when 0 (any free one) was asked for.
 * @throws CallerError `port-in-use`, `address-unusable` naming `what`, address and port
 */
export async function listen(server: Server, what: string, host: string, port: number): Promise<number> {
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
  return (server.address() as AddressInfo).port
}
