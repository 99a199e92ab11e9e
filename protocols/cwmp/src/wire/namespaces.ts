export const soap = 'http://schemas.xmlsoap.org/soap/envelope/'
export const soapEncoding = 'http://schemas.xmlsoap.org/soap/encoding/'
export const schema = 'http://www.w3.org/2001/XMLSchema'
export const schemaInstance = 'http://www.w3.org/2001/XMLSchema-instance'

const cwmp = /^urn:dslforum-org:cwmp-1-([0-4])$/

/** Minor version of CWMP that a namespace stands for; null when it is none. Amendments 3 and later all use `cwmp-1-2`. */
export type CwmpMinor = 0 | 1 | 2 | 3 | 4

export function minorOf(namespace: string): CwmpMinor | null {
  const found = cwmp.exec(namespace)
  return found ? (Number(found[1]) as CwmpMinor) : null
}

export const namespaceOf = (minor: CwmpMinor): string => `urn:dslforum-org:cwmp-1-${minor}`
