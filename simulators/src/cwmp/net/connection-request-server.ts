import { randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import { digestParameters, expectedResponse, type Login } from './digest.ts'

/** TR-069 3.2.2: a GET with Digest on this address makes the device open a session. */
export class ConnectionRequestServer {
  readonly #server: Server
  readonly #nonce = randomBytes(12).toString('hex')
  url = ''

  /** @param login asked at each request: the ACS may have set another one meanwhile */
  constructor(login: () => Login, wake: () => void) {
    this.#server = createServer((request, response) => {
      const given = digestParameters(request.headers.authorization ?? '')
      const { username, password } = login()
      const good =
        given['nonce'] === this.#nonce &&
        given['username'] === username &&
        given['response'] === expectedResponse(given, 'GET', { username, password })
      if (good) {
        response.writeHead(200).end()
        wake()
      } else {
        const challenge = `Digest realm="cpe", nonce="${this.#nonce}", qop="auth", algorithm=MD5`
        response.writeHead(401, { 'www-authenticate': challenge }).end()
      }
    })
  }

  async listen(): Promise<void> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new TypeError('the server has no port')
    this.url = `http://127.0.0.1:${address.port}/${randomBytes(6).toString('hex')}`
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }
}
