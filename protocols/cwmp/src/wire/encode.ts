import { acsMethods } from './methods.ts'
import { namespaceOf, schema, schemaInstance, soap, soapEncoding, type CwmpMinor } from './namespaces.ts'
import { requestEncoders } from './encode-requests.ts'
import { acsFaults, type AcsFaultCode, type AcsRequest, type AcsResponse } from './values.ts'
import { element, escaped, field } from './xml/write.ts'

export interface Headers {
  readonly id: string
  readonly minor: CwmpMinor
  /** The CPE shall send no requests of its own until a message says otherwise (3.5). */
  readonly hold?: boolean
  /** In an InformResponse to a CPE that said which versions it supports (3.7.1): the one that is used from here on. */
  readonly useVersion?: string
}

/** A request of the ACS. */
export function encodeRequest(headers: Headers, request: AcsRequest): string {
  const encoder = requestEncoders[request.method] as (request: AcsRequest) => string
  return envelope(headers, element(`cwmp:${request.method}`, encoder(request)))
}

/** The ACS's answer to a request of the CPE. */
export function encodeResponse(headers: Headers, response: AcsResponse): string {
  return envelope(headers, element(`cwmp:${response.method}Response`, contentOf(response)))
}

/** A fault of the ACS (A.5.2). */
export function encodeFault(headers: Headers, code: AcsFaultCode, detail: string): string {
  const fault = element('cwmp:Fault', field('FaultCode', code) + field('FaultString', `${acsFaults[code]}: ${detail}`))
  const blame = code === 8001 || code === 8002 || code === 8004 ? 'Server' : 'Client'
  const said = field('faultcode', `soap-env:${blame}`) + field('faultstring', 'CWMP fault')
  return envelope(headers, element('soap-env:Fault', said + element('detail', fault)))
}

function contentOf(response: AcsResponse): string {
  if (response.method === 'Inform') return field('MaxEnvelopes', 1)
  if (response.method !== 'GetRPCMethods') return ''
  const methods = acsMethods.map((method) => field('string', method)).join('')
  return element('MethodList', methods, ` soap-enc:arrayType="xsd:string[${acsMethods.length}]"`)
}

const opened = ['soap-env', soap, 'soap-enc', soapEncoding, 'xsd', schema, 'xsi', schemaInstance]
const declarations = opened.map((part, at) => (at % 2 === 0 ? ` xmlns:${part}=` : `"${part}"`)).join('')

/** The prefix `cwmp` is fixed: clients were seen that look for it. */
function envelope({ id, minor, hold, useVersion }: Headers, body: string): string {
  const understand = ' soap-env:mustUnderstand="1"'
  const holding = hold === undefined ? '' : element('cwmp:HoldRequests', hold ? '1' : '0', understand)
  const version = useVersion === undefined ? '' : element('cwmp:UseCWMPVersion', escaped(useVersion), understand)
  const header = element('cwmp:ID', escaped(id), understand) + holding + version
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n` +
    `<soap-env:Envelope${declarations} xmlns:cwmp="${namespaceOf(minor)}">` +
    `${element('soap-env:Header', header)}${element('soap-env:Body', body)}</soap-env:Envelope>`
  )
}
