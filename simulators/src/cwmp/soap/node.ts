/** An element as the simulated device reads and writes it; texts are unescaped. */
export interface SoapNode {
  readonly name: string
  /** Local part of `xsi:type`, where there is one. */
  readonly type: string
  readonly children: readonly SoapNode[]
  readonly text: string
}

export function node(name: string, content: string | number | readonly SoapNode[], type = ''): SoapNode {
  if (typeof content === 'object') return { name, type, children: content, text: '' }
  return { name, type, children: [], text: String(content) }
}

export function child(parent: SoapNode, name: string): SoapNode | undefined {
  return parent.children.find((each) => each.name === name)
}

export function textOf(parent: SoapNode, name: string): string {
  return child(parent, name)?.text ?? ''
}
