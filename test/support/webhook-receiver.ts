import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An HTTP server that keeps what it is sent and answers as told. */
export interface WebhookReceiver {
  readonly url: string
  readonly messages: { readonly headers: IncomingHttpHeaders; readonly body: string; readonly status: number }[]
  /** The status of the next answers; `hang`: it never answers. */
  answer: number | 'hang'
  /** What the next answers say. */
  says: string
  stop(): Promise<void>
}

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const status = receiver.answer
      if (status === 'hang') return
      receiver.messages.push({ headers: request.headers, body: Buffer.concat(chunks).toString(), status })
      response.writeHead(status).end(status === 204 ? undefined : receiver.says)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`,
    messages: [],
    answer: 204,
    says: '',
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return receiver
}
