import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, afterEach, expect, test } from 'vitest'
import { testAuthority } from '../../../test/support/authority.ts'
import { startMailServer, type MailServer } from '../../../test/support/mail-server.ts'
import { createMailer, type Mailer } from './mail.ts'

const authority = testAuthority('mail root')
const usual = getCACertificates('default')
const mail = { to: 'bea@example.org', subject: 'Hello', text: 'Welcome.', html: '<p>Welcome.</p>' }
const open: { stop?: () => Promise<void>; close?: () => void }[] = []

afterEach(async () => {
  for (const each of open.splice(0)) await (each.stop?.() ?? each.close?.())
})
afterAll(() => setDefaultCACertificates(usual))

async function post(options: Parameters<typeof startMailServer>[0]): Promise<{ mails: MailServer; mailer: Mailer }> {
  const mails = await startMailServer(options)
  const mailer = createMailer({ url: mails.url, from: 'hub@example.org', tls: 'required' })
  open.push(mailer, mails)
  return { mails, mailer }
}

test('mail goes to a server that offers STARTTLS with a certificate that is trusted, by TLS', async () => {
  setDefaultCACertificates([...usual, authority.root])
  const { mails, mailer } = await post({ startTls: authority.server() })
  expect(await mailer.send(mail)).toMatchObject({ outcome: 'taken' })
  expect(mails.received.map(({ to, secure }) => [to, secure])).toEqual([[['bea@example.org'], true]])
})

test.each([
  ['whose certificate nobody knows', { startTls: testAuthority('another root').server() }, /certificate|issuer/i],
  ['whose certificate is another server’s', { startTls: authority.server({ hosts: ['mail.example'] }) }, /altnames/i],
  ['that offers no TLS', {}, /STARTTLS/i],
] as const)('nothing goes to a server %s', async (_what, options, why) => {
  setDefaultCACertificates([...usual, authority.root])
  const { mails, mailer } = await post(options)
  const { outcome, detail } = await mailer.send(mail)
  expect([outcome, why.test(detail) ? 'as expected' : detail]).toEqual(['failed', 'as expected'])
  expect(mails.received).toEqual([])
})
