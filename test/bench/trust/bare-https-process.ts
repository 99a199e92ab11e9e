import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tlsSettings } from '../../../hub/src/platform/tls/tls-settings.ts'
import { testAuthority } from '../../support/authority.ts'
import { serveParent } from '../bench-process.ts'
import type { Place } from './post-once.ts'

/** What enrolment is measured against: `node:https` that reads the body and answers the same bytes, with TLS as the hub has it. */
serveParent(async ({ body }: { body: string }): Promise<Place> => {
  const authority = testAuthority()
  const settings = tlsSettings(authority.server(), authority.root)
  const server = createServer({ ...settings, requestCert: true, rejectUnauthorized: false }, (incoming, outgoing) => {
    incoming.resume().on('end', () => {
      outgoing.writeHead(201, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
      outgoing.end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, authority: authority.root }
})
