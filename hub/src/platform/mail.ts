import { createTransport } from 'nodemailer'
import { Counter } from 'prom-client'
import type { Milliseconds } from './clock.ts'
import { errorCode } from './errors.ts'
import type { Metrics } from './metrics.ts'

export const mailNotConfigured = errorCode(
  'mail-not-configured',
  409,
  'The hub cannot send e-mail',
  'Let the operator set a mail server (SUTLER_SMTP_URL, SUTLER_MAIL_FROM), or use webhooks or the event stream.',
)

/** A message to one person. */
export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * What became of it: the mail server took it, will never take it (RFC 5321, 4.2.1: 5yz), or did not now. What happens to it
 * behind that server is not known here.
 */
export interface Mailed {
  readonly outcome: 'taken' | 'refused' | 'failed'
  /** What the server said, or what went wrong. */
  readonly detail: string
}

export interface Mailer {
  /** Never throws. */
  send(mail: Mail): Promise<Mailed>
  close(): void
}

export interface MailerOptions {
  /** `smtp://` or `smtps://`, with user name and password. */
  readonly url: string
  readonly from: string
  /** `none`: also without TLS, for a server on this machine. */
  readonly tls: 'required' | 'none'
}

/** For each step of talking with the mail server. */
const patience: Milliseconds = 15_000
/** Connections to it at once. */
const connections = 4

/** Counts what became of messages; also where no mail server is set, so that they are known to be none. */
export function measuringMails(metrics: Metrics): (mailer: Mailer) => Mailer {
  const mails = new Counter({
    name: 'sutler_mails_total',
    help: 'E-mails given to the mail server, by what became of them',
    labelNames: ['outcome'],
    registers: [metrics],
  })
  return (mailer) => ({
    ...mailer,
    async send(mail) {
      const mailed = await mailer.send(mail)
      mails.inc({ outcome: mailed.outcome })
      return mailed
    },
  })
}

export function createMailer({ url, from, tls }: MailerOptions): Mailer {
  const server = new URL(url)
  const secure = server.protocol === 'smtps:'
  const transport = createTransport({
    pool: true,
    maxConnections: connections,
    host: server.hostname.replace(/^\[|\]$/g, ''),
    port: server.port === '' ? (secure ? 465 : 587) : Number(server.port),
    secure,
    requireTLS: tls === 'required',
    ...(server.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(server.username), pass: decodeURIComponent(server.password) } }),
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    dnsTimeout: patience,
    // A message is text that the hub has written: nothing in it names a file or an address to be fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send({ to, ...mail }) {
      try {
        const { response } = await transport.sendMail({ from, to: { name: '', address: to }, ...mail })
        return { outcome: 'taken', detail: String(response).slice(0, 500) }
      } catch (error) {
        return { outcome: isFinal(error) ? 'refused' : 'failed', detail: detailOf(error) }
      }
    },
    close: () => transport.close(),
  }
}

/** About this recipient or message, not about who may send: that is for the operator to mend, and is tried again. */
function isFinal(error: unknown): boolean {
  const { responseCode = 0, code = '' } = error as { responseCode?: number; code?: string }
  return (code === 'EENVELOPE' || code === 'EMESSAGE') && responseCode >= 500
}

function detailOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 500)
}
