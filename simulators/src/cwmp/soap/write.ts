import type { SoapNode } from './node.ts'

/** How a device writes its messages: each of these was seen in the field. */
export interface Dialect {
  /** Prefix of SOAP's own elements, for example `SOAP-ENV`, `soap_env`. */
  readonly envelope: string
  /** Prefix of CWMP's. */
  readonly cwmp: string
  /** Minor version of the namespace. */
  readonly minor: number
  /** Fields get the prefix of CWMP too. */
  readonly qualified: boolean
  /** Line ends between the tags and around texts that are keys. */
  readonly spaced: boolean
}

export const plainDialect: Dialect = { envelope: 'soap-env', cwmp: 'cwmp', minor: 0, qualified: false, spaced: false }

export interface MessageHeader {
  readonly id: string
  readonly supported?: string
  readonly sessionTimeout?: number
}

export function writeMessage(dialect: Dialect, header: MessageHeader, body: SoapNode): string {
  const { envelope: e, cwmp: c } = dialect
  const more =
    (header.supported ? `<${c}:SupportedCWMPVersions>${header.supported}</${c}:SupportedCWMPVersions>` : '') +
    (header.sessionTimeout ? `<${c}:SessionTimeout>${header.sessionTimeout}</${c}:SessionTimeout>` : '')
  return (
    `<?xml version="1.0" encoding="UTF-8" standalone="no" ?>${dialect.spaced ? '\r\n' : ''}` +
    `<${e}:Envelope xmlns:${e}="http://schemas.xmlsoap.org/soap/envelope/" ` +
    `xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" ` +
    `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:${c}="urn:dslforum-org:cwmp-1-${dialect.minor}">` +
    `<${e}:Header><${c}:ID ${e}:mustUnderstand="1">${escaped(header.id)}</${c}:ID>${more}</${e}:Header>` +
    `<${e}:Body>${written(dialect, body, true)}</${e}:Body></${e}:Envelope>`
  )
}

function written(dialect: Dialect, element: SoapNode, top: boolean): string {
  const prefix =
    element.name === 'Fault' && top ? `${dialect.envelope}:` : top || dialect.qualified ? `${dialect.cwmp}:` : ''
  const name = element.name === 'CwmpFault' ? `${dialect.cwmp}:Fault` : prefix + element.name
  const type = element.type ? ` xsi:type="xsd:${element.type}"` : ''
  const gap = dialect.spaced ? '\n' : ''
  if (element.children.length > 0)
    return `<${name}${type}>${gap}${element.children.map((each) => written(dialect, each, false)).join(gap)}${gap}</${name}>`
  const text = escaped(element.text)
  return `<${name}${type}>${element.name === 'CommandKey' ? gap + text + gap : text}</${name}>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
