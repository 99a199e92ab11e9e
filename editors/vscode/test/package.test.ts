import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildExtension } from '../build.ts'

let directory: string
let files: Record<string, Uint8Array>

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sutler-vscode-'))
  files = unzipSync(await readFile(await buildExtension(directory)))
})

afterAll(() => rm(directory, { recursive: true, force: true }))

const textOf = (path: string): string => strFromU8(files[path] ?? new Uint8Array())

describe('the package for VS Code', () => {
  it('names itself alike in both manifests, and asks for a version of VS Code', () => {
    const manifest = JSON.parse(textOf('extension/package.json'))
    expect(textOf('extension.vsixmanifest')).toContain(
      `<Identity Language="en-US" Id="${manifest.name}" Version="${manifest.version}" Publisher="${manifest.publisher}"/>`,
    )
    expect(textOf('extension.vsixmanifest')).toContain(`Engine" Value="${manifest.engines.vscode}"`)
    expect(manifest).not.toHaveProperty('devDependencies')
  })

  it('holds every file that its manifests name', () => {
    const { main, contributes } = JSON.parse(textOf('extension/package.json'))
    const [language] = contributes.languages
    const [grammar] = contributes.grammars
    expect(language).toMatchObject({ id: 'sutler-pattern', extensions: ['.pattern'] })
    const named = [main, language.configuration, grammar.path].map((path: string) => path.replace('./', 'extension/'))
    const assets = Array.from(textOf('extension.vsixmanifest').matchAll(/Path="([^"]+)"/g), ([, path]) => path!)
    for (const path of [...named, ...assets]) expect(Object.keys(files)).toContain(path)
    expect(JSON.parse(textOf(`extension/${grammar.path.slice(2)}`)).scopeName).toBe(grammar.scopeName)
    expect(JSON.parse(textOf('extension/language-configuration.json')).comments.lineComment).toBe('//')
  })

  it('has the type of every file', () => {
    for (const path of Object.keys(files)) {
      if (path === '[Content_Types].xml') continue
      expect(textOf('[Content_Types].xml')).toContain(`Extension="${/\.\w+$/.exec(path)![0]}"`)
    }
  })

  it('has a program that can be read and asks for nothing but Node and VS Code', async () => {
    const program = join(directory, 'extension.cjs')
    await promisify(execFile)(process.execPath, ['--check', program])
    const asked = Array.from(
      textOf('extension/dist/extension.cjs').matchAll(/\brequire\("([^"]+)"\)/g),
      ([, name]) => name!,
    )
    expect(asked).toContain('vscode')
    const others = asked.filter((name) => name !== 'vscode' && !builtinModules.includes(name.replace('node:', '')))
    expect(others).toEqual([])
  })

  it('is the same, byte by byte, when it is built again', async () => {
    const first = await readFile(await buildExtension(directory))
    const second = await readFile(await buildExtension(directory))
    expect(first.equals(second)).toBe(true)
  })
})
