import type { SoapNode } from './node.ts'

/** A message of the ACS. */
export interface AcsMessage {
  readonly id: string
  readonly hold: boolean
  readonly useVersion: string
  /** The method's element; `Fault` for a fault. */
  readonly body: SoapNode
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const token = /<\?[^>]*\?>|<!--[\s\S]*?-->|<(\/?)(?:[\w.-]+:)?([\w.-]+)([^>]*?)(\/?)>|[^<]+/g

/** Reads what an ACS sends; as trusting as a small device is. */
export function readMessage(xml: string): AcsMessage {
  const root = treeOf(xml)
  const header = root.children.find(({ name }) => name === 'Header')
  const body = root.children.find(({ name }) => name === 'Body')?.children[0]
  if (!body) throw new SyntaxError('the message of the ACS has no body')
  const of = (name: string) => header?.children.find((each) => each.name === name)?.text.trim() ?? ''
  return { id: of('ID'), hold: ['1', 'true'].includes(of('HoldRequests')), useVersion: of('UseCWMPVersion'), body }
}

function treeOf(xml: string): SoapNode {
  const root = { name: '', type: '', children: [] as SoapNode[], text: '' }
  const open = [root]
  for (const [text, closing, name, attributes, empty] of xml.matchAll(token)) {
    const top = open.at(-1)!
    if (name === undefined) top.text += text.startsWith('<') ? '' : unescaped(text)
    else if (closing) open.pop()
    else {
      const type = /\btype=["'](?:[\w.-]+:)?([\w.-]+)["']/.exec(attributes ?? '')?.[1] ?? ''
      const element = { name, type, children: [], text: '' }
      top.children.push(element)
      if (!empty) open.push(element)
    }
  }
  const [envelope] = root.children
  if (!envelope) throw new SyntaxError('the message of the ACS is empty')
  return envelope
}

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d+)|(\w+));/g, (found, code?: string, name?: string) =>
    code === undefined ? (entities[name!] ?? found) : String.fromCodePoint(Number(code)),
  )
}
