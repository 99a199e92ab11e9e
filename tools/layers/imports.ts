import { readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, normalize } from 'node:path'
import { parseSync } from 'oxc-parser'

/** One import of one file, resolved as far as the house needs it. */
export interface Import {
  /** Path from the root, `/`-separated. */
  readonly from: string
  /** A path from the root, `node:<name>`, or a package name. */
  readonly to: string
  readonly typeOnly: boolean
}

export interface SourceFile {
  readonly path: string
  readonly text: string
  readonly imports: readonly Import[]
}

/** Reads a source file and its imports, re-exports and dynamic imports of literal names. @throws Error when it does not parse */
export function readSource(root: string, path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8')
  const parsed = parseSync(path, text)
  if (parsed.errors.length > 0) throw new Error(`${path}: ${parsed.errors[0]!.message}`)
  const { staticImports, staticExports, dynamicImports } = parsed.module
  const imports: Import[] = []
  const add = (specifier: string, typeOnly: boolean): void => {
    imports.push({ from: path, to: resolve(path, specifier), typeOnly })
  }
  for (const { moduleRequest, entries, start, end } of staticImports)
    add(
      moduleRequest.value,
      text.slice(start, end).startsWith('import type') ||
        (entries.length > 0 && entries.every((entry) => entry.isType)),
    )
  for (const { entries } of staticExports)
    for (const entry of entries) if (entry.moduleRequest) add(entry.moduleRequest.value, entry.isType)
  for (const { moduleRequest } of dynamicImports) {
    const literal = /^['"]([^'"]+)['"]$/.exec(text.slice(moduleRequest.start, moduleRequest.end))
    if (literal) add(literal[1]!, false)
  }
  return { path, text, imports }
}

/** `./x.ts` → path from the root; `@sutler/wire` → packages/wire/src/index.ts; `fs` → `node:fs`; the rest stays. */
function resolve(from: string, specifier: string): string {
  if (specifier.startsWith('.')) return normalize(join(dirname(from), specifier))
  if (builtinModules.includes(specifier)) return `node:${specifier}`
  const own = /^@sutler\/([a-z-]+)(\/.+)?$/.exec(specifier)
  if (own) return `${workspaceOf(own[1]!)}/src/${own[2]?.slice(1) ?? 'index'}.ts`
  return specifier
}

function workspaceOf(name: string): string {
  if (['hub', 'agent', 'simulators'].includes(name)) return name
  if (name.startsWith('protocol-')) return `protocols/${name.slice('protocol-'.length)}`
  return `packages/${name}`
}
