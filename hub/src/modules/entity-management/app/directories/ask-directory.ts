import { askLdap, directoryFailed, type LdapServer } from '../../../../platform/ldap-client.ts'
import { ask } from '../../../../platform/outgoing-http.ts'
import { OutsideError } from '../../../../platform/errors.ts'
import type { Directory, DirectoryPerson, EntryParts } from '../../domain/directories/directory.ts'
import { escapedForLdap, filledUrl, ldapFilter, pointedAt } from '../../domain/directories/templates.ts'
import { nameFault, tidyName } from '../../domain/text.ts'

/** What was typed, or the id of one entry. */
export type Wish = { readonly text: string } | { readonly entry: string }

/** Bytes of one answer. */
const answerLimit = 1_000_000

/**
 * Asks the directory itself. @param secret plain @param limit people at most
 * @throws OutsideError `directory-failed`, `address-not-allowed`
 */
export function askDirectory(
  directory: Directory,
  secret: string | null,
  wish: Wish,
  { inside, limit }: { readonly inside: boolean; readonly limit: number },
): Promise<DirectoryPerson[]> {
  return directory.kind === 'ldap'
    ? askByLdap(directory, secret, wish, inside, limit)
    : askByHttp(directory, secret, wish, inside, limit)
}

async function askByLdap(
  { url, settings }: Directory & { kind: 'ldap' },
  secret: string | null,
  wish: Wish,
  allowInside: boolean,
  limit: number,
): Promise<DirectoryPerson[]> {
  const { startTls, authority, bindDn, base, timeout, attributes } = settings
  const bind = bindDn === null ? null : { dn: bindDn, password: secret ?? '' }
  const server: LdapServer = { url, startTls, authority, bind, allowInside, timeout }
  const wanted = [attributes.id, attributes.name, ...(attributes.email === null ? [] : [attributes.email])]
  const common = { attributes: wanted.filter((name) => name !== 'dn'), limit }
  const byDn = 'entry' in wish && attributes.id === 'dn'
  const found = await askLdap(server, {
    ...common,
    base: byDn ? wish.entry : base,
    scope: byDn ? 'base' : 'sub',
    filter: byDn
      ? '(objectClass=*)'
      : 'entry' in wish
        ? `(${attributes.id}=${escapedForLdap(wish.entry)})`
        : ldapFilter(settings.filter, wish.text),
  })
  return found.flatMap(({ dn, values }) => personOf(attributes, (name) => (name === 'dn' ? dn : values[name])) ?? [])
}

async function askByHttp(
  { url, settings }: Directory & { kind: 'http' },
  secret: string | null,
  wish: Wish,
  allowInside: boolean,
  limit: number,
): Promise<DirectoryPerson[]> {
  const { timeout, entryUrl, items, attributes } = settings
  const one = 'entry' in wish
  if (one && entryUrl === null) throw new OutsideError(directoryFailed, `${url} has no address for one entry.`)
  const address = one ? filledUrl(entryUrl!, 'id', wish.entry) : filledUrl(url, 'q', wish.text)
  const headers = { accept: 'application/json', ...(secret === null ? {} : { authorization: `Bearer ${secret}` }) }
  const response = await ask(address, { method: 'GET', headers, allowInside, timeout, answerLimit })
  if (one && response.status === 404) return []
  if (response.status !== 200) throw new OutsideError(directoryFailed, `It answered ${response.status}.`)
  const document = await response.json().catch((cause: unknown) => {
    throw new OutsideError(directoryFailed, 'Its answer is not JSON.', { cause })
  })
  const list = one ? [document] : pointedAt(document, items)
  if (!Array.isArray(list)) throw new OutsideError(directoryFailed, `Its answer has no list at ${items || '/'}.`)
  return list
    .slice(0, limit)
    .flatMap((item: unknown) => personOf(attributes, (pointer) => pointedAt(item, pointer)) ?? [])
}

/** What is no name or no address is as if it were not there: a directory’s word is a stranger’s. */
function personOf(parts: EntryParts, valueOf: (name: string) => unknown): DirectoryPerson | null {
  const text = (name: string): string | null => {
    const value = valueOf(name)
    return typeof value === 'string' || typeof value === 'number' ? String(value) : null
  }
  const [entry, name] = [text(parts.id), text(parts.name)]
  if (entry === null || entry === '' || entry.length > 1024 || name === null || nameFault(name) !== null) return null
  const email = parts.email === null ? null : text(parts.email)
  return { entry, name: tidyName(name), email: email !== null && isAddress(email) ? email : null }
}

function isAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>"]+@[^\s@<>"]+$/.test(text)
}
