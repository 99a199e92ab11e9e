import { z } from 'zod'
import { hasCredentials } from '../../platform/http/url-credentials.ts'
import { storableText } from '../../platform/storable-text.ts'
import { displayName } from './contract.ts'

const url = storableText(512)
  .min(1)
  .refine((text) => !hasCredentials(text), 'An address has no name or password in it; say the secret apart.')
const seconds = (most: number, usual: number) => z.number().min(0).max(most).default(usual)
const bounds = {
  timeoutSeconds: z.number().min(0.1).max(10).default(2).describe('For one look-up; then it counts as not answered.'),
  cacheSeconds: seconds(3600, 60).describe('How long an answer is believed.'),
}
const attributeName = z.string().regex(/^[A-Za-z][A-Za-z0-9;.-]{0,63}$/, 'This is no name of an attribute.')
const pointer = z
  .string()
  .max(256)
  .regex(/^(\/.*)?$/, 'A JSON pointer is empty or begins with /.')
const ldapParts = z.object({
  id: attributeName.default('entryUUID').describe('Names an entry for good; `dn`: its DN.'),
  name: attributeName.default('cn'),
  email: attributeName.nullable().default('mail'),
})
const httpParts = z.object({
  id: pointer.default('/id'),
  name: pointer.default('/name'),
  email: pointer.nullable().default('/email'),
})
const ldapSettings = z.object({
  startTls: z.boolean().default(false).describe('Of ldap://: goes over to TLS before anything is said.'),
  authority: storableText(20_000)
    .nullable()
    .default(null)
    .describe('PEM of who signs its certificate; null = those the system trusts.'),
  bindDn: storableText(512).nullable().default(null).describe('Who binds, with the secret; null = nobody.'),
  base: storableText(512),
  filter: storableText(1024)
    .default('(&(objectClass=person)(|(cn=*{q}*)(mail={q}*)(uid={q}*)))')
    .describe('RFC 4515, with {q} where what is looked for goes; it is escaped.'),
  attributes: ldapParts.prefault({}),
  ...bounds,
})
const httpSettings = z.object({
  entryUrl: url
    .nullable()
    .default(null)
    .describe('One entry, its id at {id}, at the same host; null = nobody is taken over from it.'),
  items: pointer.default('').describe('JSON pointer to the list in the answer.'),
  attributes: httpParts.prefault({}),
  ...bounds,
})
const secret = storableText(1024).min(1)
const common = {
  name: displayName,
  secret: secret.nullable().default(null).describe('Password of who binds, or bearer token. Never shown.'),
}
export const newDirectory = z
  .discriminatedUnion('kind', [
    z
      .object({
        kind: z.literal('ldap'),
        ...common,
        url: url.describe('ldaps://host:port, or ldap://host:port.'),
        settings: ldapSettings,
      })
      .strict(),
    z
      .object({
        kind: z.literal('http'),
        ...common,
        url: url.describe('https://…, with {q} where what is looked for goes.'),
        settings: httpSettings,
      })
      .strict(),
  ])
  .meta({ id: 'NewDirectory' })
export const directoryChange = z.object({
  name: displayName.optional(),
  url: url.optional(),
  secret: secret.nullable().optional(),
  settings: z
    .object({
      startTls: z.boolean(),
      authority: storableText(20_000).nullable(),
      bindDn: storableText(512).nullable(),
      base: storableText(512),
      filter: storableText(1024),
      entryUrl: url.nullable(),
      items: pointer,
      attributes: z
        .object({
          id: attributeName.or(pointer).describe('Not while somebody who was taken over is known by it.'),
          name: attributeName.or(pointer),
          email: attributeName.or(pointer).nullable(),
        })
        .partial()
        .strict()
        .describe('Where entries have what: LDAP by attributes, HTTP by JSON pointers; what is absent stays.'),
      timeoutSeconds: z.number().min(0.1).max(10),
      cacheSeconds: z.number().min(0).max(3600),
    })
    .partial()
    .strict()
    .optional(),
  disabled: z.boolean().optional(),
})
export const directoryView = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(['ldap', 'http']),
    url: z.string(),
    settings: z.looseObject({}),
    disabled: z.boolean(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Directory' })
export const directoryTest = z.object({ q: storableText(128).min(2).describe('Somebody who is to be found.') })
const person = z.object({ entry: z.string(), name: z.string(), email: z.string().nullable() })
export const directoryTested = z.object({
  answered: z.boolean(),
  why: z.string().nullable().describe('What went wrong.'),
  tookMilliseconds: z.number().int(),
  people: z.array(person),
})
export const outsideGroup = z
  .object({
    directory: z.string(),
    name: z.string(),
    answered: z.boolean().describe('False: it gave no answer in time, or none that is one.'),
    why: z.string().nullable(),
    people: z.array(person.extend({ user: z.string().nullable().describe('Who they are here.') })),
    more: z.boolean(),
  })
  .meta({ id: 'OutsideGroup' })
