import { parseSync } from 'oxc-parser'

interface Node {
  readonly type: string
  readonly [key: string]: unknown
}

/** What constants of a file are set to, by their names. */
type Tables = ReadonlyMap<string, unknown>

/** The names of the tests of a file, as they are written; `%s` of `it.each` rows is filled in. @throws Error when it does not parse */
export function titlesOf(path: string, text: string): string[] {
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]!.message}`)
  const titles: string[] = []
  const tables = new Map<string, unknown>()
  visit(program, (node) => {
    if (node.type === 'VariableDeclarator' && isNode(node['id'])) tables.set(String(node['id']['name']), node['init'])
    if (node.type === 'CallExpression') titles.push(...titlesIn(node, tables))
  })
  return titles
}

function visit(value: unknown, look: (node: Node) => void): void {
  if (Array.isArray(value)) for (const each of value) visit(each, look)
  else if (isNode(value)) {
    look(value)
    for (const inner of Object.values(value)) if (typeof inner === 'object') visit(inner, look)
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

function titlesIn({ callee, arguments: given }: Node, tables: Tables): string[] {
  if (!isNode(callee) || !Array.isArray(given)) return []
  const title = textOf(given[0])
  if (title === null) return []
  if (isTest(callee)) return [title]
  const rows = callee.type === 'CallExpression' ? rowsOf(callee, tables) : null
  return rows === null ? [] : rows.map((row) => filled(title, row))
}

const isTest = (node: unknown): boolean => isNode(node) && node.type === 'Identifier' && node['name'] === 'it'

/** The texts of each row of `it.each([…])`; one row without any when the table is computed. */
function rowsOf({ callee, arguments: given }: Node, tables: Tables): readonly (readonly (string | null)[])[] | null {
  const each = isNode(callee) && callee.type === 'MemberExpression' && isTest(callee['object'])
  if (!each || !Array.isArray(given)) return null
  const named: unknown = given[0]
  const table = isNode(named) && named.type === 'Identifier' ? tables.get(named['name'] as string) : named
  if (!isNode(table) || table.type !== 'ArrayExpression') return [[]]
  return (table['elements'] as readonly unknown[]).map((row) => {
    const cells = isNode(row) && row.type === 'ArrayExpression' ? (row['elements'] as readonly unknown[]) : [row]
    return cells.map(textOf)
  })
}

/** The text of a literal, or what of a template is written. */
function textOf(node: unknown): string | null {
  if (!isNode(node)) return null
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? node['value'] : null
  if (node.type !== 'TemplateLiteral') return null
  const parts = node['quasis'] as readonly { readonly value: { readonly cooked: string } }[]
  return parts.map(({ value }) => value.cooked).join('…')
}

function filled(title: string, row: readonly (string | null)[]): string {
  let at = 0
  return title.replaceAll(/%[sj]/g, (place) => row[at++] ?? place)
}
