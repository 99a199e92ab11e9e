import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** What a mail server was given. */
export interface ReceivedMail {
  readonly to: readonly string[]
  /** Headers, by names in lower case; folded lines are one. */
  readonly headers: ReadonlyMap<string, string>
  /** All of it, as it came, decoded where it is quoted-printable. */
  readonly text: string
  /** Whether it came by TLS. */
  readonly secure: boolean
}

/** An SMTP server that keeps what it is given. */
export interface MailServer {
  readonly url: string
  readonly received: ReceivedMail[]
  /** Code and text with which the next recipients are refused; null = they are taken. */
  refuse: { readonly code: number; readonly text: string } | null
  stop(): Promise<void>
}

/** @param options.startTls key and certificate with which it offers TLS */
export async function startMailServer({
  startTls,
}: { readonly startTls?: { readonly key: string; readonly certificate: string } } = {}): Promise<MailServer> {
  const received: ReceivedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    ...(startTls && { key: startTls.key, cert: startTls.certificate }),
    disabledCommands: startTls ? ['AUTH'] : ['STARTTLS', 'AUTH'],
    onRcptTo(_address, _session, done) {
      const { refuse } = mails
      done(refuse === null ? null : Object.assign(new Error(refuse.text), { responseCode: refuse.code }))
    },
    onData(stream, { envelope, secure }, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        received.push(
          readMail(
            Buffer.concat(chunks).toString(),
            envelope.rcptTo.map(({ address }) => address),
            secure,
          ),
        )
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const mails: MailServer = {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    received,
    refuse: null,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
  return mails
}

function readMail(raw: string, to: string[], secure: boolean): ReceivedMail {
  const [head = ''] = raw.split('\r\n\r\n', 1)
  const lines = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n')
  const headers = new Map(
    lines.map((line) => [line.split(':', 1)[0]!.toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  )
  const text = raw
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return { to, headers, text, secure }
}
