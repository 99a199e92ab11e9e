import { CwmpError } from '../errors.ts'
import { requestDecoders } from './decode-requests.ts'
import { faultOf, responseDecoders } from './decode-responses.ts'
import { boolean, childOf, neededChild, unsigned } from './fields.ts'
import { minorOf, soap, type CwmpMinor } from './namespaces.ts'
import { readXml, type XmlElement } from './xml/read.ts'
import { textOf } from './xml/text.ts'
import type { CpeFault, CpeRequest, CpeResponse } from './values.ts'

/** A message of a CPE. */
export interface CpeEnvelope {
  /** `cwmp:ID`: a request's is to be repeated in the answer, an answer's is the request's. Empty where the CPE gave none. */
  readonly id: string
  /** Version of the method's namespace: answers are sent in the same. */
  readonly minor: CwmpMinor
  /** Versions that the CPE says it supports (`SupportedCWMPVersions`), for example `1.0`; only in an Inform. */
  readonly supported: readonly string[]
  /** Seconds that the CPE will wait for an answer (`SessionTimeout`); null where it does not say. */
  readonly sessionTimeout: number | null
  readonly noMoreRequests: boolean
  readonly body:
    | { readonly kind: 'request'; readonly request: CpeRequest }
    | { readonly kind: 'response'; readonly response: CpeResponse }
    | { readonly kind: 'fault'; readonly fault: CpeFault }
}

const headerRules = 'TR-069 3.5, Table 4'
const known = new Set([
  'ID',
  'HoldRequests',
  'SessionTimeout',
  'NoMoreRequests',
  'SupportedCWMPVersions',
  'UseCWMPVersion',
])

/** Reads one message of a CPE. @throws CwmpError */
export function decode(bytes: Uint8Array): CpeEnvelope {
  const root = readXml(textOf(bytes))
  if (root.name !== 'Envelope' || root.namespace !== soap)
    throw new CwmpError('not-soap', 'SOAP 1.1, 4.1.2', root.offset, `the root is ${root.name} of '${root.namespace}'`)
  const header = childOf(root, 'Header')
  const called = methodOf(neededChild(root, 'Body', 'SOAP 1.1, 4.3'))
  if (header) checkUnderstood(header)
  const fault = called.namespace === soap && called.name === 'Fault'
  const minor = minorOf(called.namespace) ?? (fault ? minorOfFault(called, header) : null)
  if (minor === null) {
    const detail = `${called.name} is of the namespace '${called.namespace}'`
    throw new CwmpError('unknown-version', 'TR-069 A.1', called.offset, detail)
  }
  return { ...headersOf(header), minor, body: fault ? { kind: 'fault', fault: faultOf(called) } : bodyOf(called) }
}

function bodyOf(called: XmlElement): CpeEnvelope['body'] {
  const request = own(requestDecoders, called.name)
  if (request) return { kind: 'request', request: request(called) }
  const response = own(responseDecoders, called.name)
  if (response) return { kind: 'response', response: response(called) }
  if (called.name.startsWith('X_')) return { kind: 'request', request: { method: 'other', name: called.name } }
  throw new CwmpError('unknown-method', 'TR-069 A.3', called.offset, `the method ${called.name}`)
}

function own<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}

/** MaxEnvelopes is 1 (3.5): one method in one body. */
function methodOf(body: XmlElement): XmlElement {
  const [called, second] = body.children
  if (!called) throw new CwmpError('missing-field', 'TR-069 3.5', body.offset, 'the body is empty')
  if (second) throw new CwmpError('too-many', 'TR-069 3.5', second.offset, 'a body holds one method')
  return called
}

/** SOAP 1.1, 4.2.3: a header that must be understood and is not ours ends the reading. */
function checkUnderstood(header: XmlElement): void {
  for (const entry of header.children) {
    if (minorOf(entry.namespace) !== null && known.has(entry.name)) continue
    const flag = entry.attributes.find(({ name, namespace }) => name === 'mustUnderstand' && namespace === soap)
    if (flag && ['1', 'true'].includes(flag.value.trim()))
      throw new CwmpError('must-understand', 'SOAP 1.1, 4.2.3', entry.offset, `the header ${entry.name}`)
  }
}

function headersOf(
  header: XmlElement | undefined,
): Pick<CpeEnvelope, 'id' | 'supported' | 'sessionTimeout' | 'noMoreRequests'> {
  if (!header) return { id: '', supported: [], sessionTimeout: null, noMoreRequests: false }
  const id = childOf(header, 'ID')
  if (id && id.text.length > 1024) throw new CwmpError('bad-field', headerRules, id.offset, 'the ID is too long')
  const versions = childOf(header, 'SupportedCWMPVersions')?.text.slice(0, 256) ?? ''
  return {
    id: id?.text.trim() ?? '',
    supported: versions.split(',').flatMap((version) => version.trim() || []),
    sessionTimeout: childOf(header, 'SessionTimeout') ? unsigned(header, 'SessionTimeout', headerRules) : null,
    noMoreRequests: boolean(header, 'NoMoreRequests', headerRules, false),
  }
}

/** A SOAP fault is of no version; its detail or the ID before it is. */
function minorOfFault(fault: XmlElement, header: XmlElement | undefined): CwmpMinor | null {
  const detail = childOf(fault, 'detail')
  const inside = detail && childOf(detail, 'Fault')
  const id = header && childOf(header, 'ID')
  return (inside && minorOf(inside.namespace)) ?? (id && minorOf(id.namespace)) ?? 0
}
