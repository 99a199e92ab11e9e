import { z } from 'zod'
import { text, url, type Setting } from './setting.ts'

/** What the hub reaches in the world outside. */
export const outsideSettings = {
  smtpUrl: {
    name: 'SUTLER_SMTP_URL',
    standard: null,
    schema: url('smtp', 'smtps'),
    secret: true,
    description:
      'Mail server by which the hub sends e-mail, with user name and password in the URL: `smtps://` speaks TLS from the first byte, `smtp://` after STARTTLS. Absent = no e-mail.',
  },
  smtpTls: {
    name: 'SUTLER_SMTP_TLS',
    standard: 'required',
    schema: z.enum(['required', 'none']),
    description:
      'Whether mail and password go to the mail server with TLS only: required, or none for one on this machine.',
  },
  mailFrom: {
    name: 'SUTLER_MAIL_FROM',
    standard: 'Sutler <sutler@localhost>',
    schema: text.regex(
      /^[^\r\n]*[^\s<>@]+@[^\s<>@]+>?$/,
      'must be an address, for example Sutler <sutler@example.org>',
    ),
    description: 'Whom e-mail of the hub is from.',
  },
  webhooksPrivate: {
    name: 'SUTLER_WEBHOOKS_PRIVATE',
    standard: 'refuse',
    schema: z.enum(['refuse', 'allow']),
    description: 'Whether webhooks may go to addresses inside the hub’s own network: refuse or allow.',
  },
  identityProvidersPrivate: {
    name: 'SUTLER_IDENTITY_PROVIDERS_PRIVATE',
    standard: 'refuse',
    schema: z.enum(['refuse', 'allow']),
    description:
      'Whether identity providers may be at addresses inside the hub’s own network, also without TLS: refuse or allow.',
  },
  directoriesPrivate: {
    name: 'SUTLER_DIRECTORIES_PRIVATE',
    standard: 'refuse',
    schema: z.enum(['refuse', 'allow']),
    description:
      'Whether directories of people may be at addresses inside the hub’s own network, also without TLS: refuse or allow.',
  },
} as const satisfies Record<string, Setting<unknown>>
