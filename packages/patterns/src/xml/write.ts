import { attributes, escapeXml } from './escape.ts'

/** An element to be written. */
export interface XmlNode {
  readonly name: string
  readonly attributes?: Readonly<Record<string, string | number | undefined>>
  readonly children?: readonly XmlNode[]
  /** Instead of children. */
  readonly text?: string
}

/** A document of its own, indented by two. */
export function writeXml(root: XmlNode): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(root, '')}`
}

function element({ name, attributes: values = {}, children = [], text }: XmlNode, indent: string): string {
  const open = `${indent}<${name}${readable(attributes(values))}`
  if (text !== undefined) return `${open}>${escapeXml(text)}</${name}>\n`
  if (children.length === 0) return `${open}/>\n`
  return `${open}>\n${children.map((child) => element(child, `${indent}  `)).join('')}${indent}</${name}>\n`
}

/** Between double quotes these need not be escaped, and expressions are full of them. */
function readable(escaped: string): string {
  return escaped.replaceAll('&apos;', "'").replaceAll('&gt;', '>')
}
