/** Namespaces in XML 1.0: which prefix stands for which name, at one place of a document. */
export interface Scope {
  readonly prefix: string
  readonly namespace: string
  readonly outer: Scope | null
}

const xml = 'http://www.w3.org/XML/1998/namespace'
const xmlns = 'http://www.w3.org/2000/xmlns/'

/** Every document begins with these (3). */
export const outermost: Scope = {
  prefix: '',
  namespace: '',
  outer: { prefix: 'xml', namespace: xml, outer: { prefix: 'xmlns', namespace: xmlns, outer: null } },
}

/** What the prefix stands for; undefined when it is not declared. */
export function namespaceOf(scope: Scope, prefix: string): string | undefined {
  for (let here: Scope | null = scope; here !== null; here = here.outer)
    if (here.prefix === prefix) return here.namespace
  return undefined
}

/** Why a declaration is not allowed (3, namespace constraints); null when it is. */
export function refusalOf(prefix: string, namespace: string): string | null {
  if (prefix === 'xmlns') return 'the prefix xmlns cannot be declared'
  if (namespace === xmlns) return `no prefix can stand for ${xmlns}`
  if ((prefix === 'xml') !== (namespace === xml))
    return 'the prefix xml stands for its own namespace, and nothing else does'
  if (prefix !== '' && namespace === '') return `the prefix ${prefix} is declared as nothing`
  return null
}
