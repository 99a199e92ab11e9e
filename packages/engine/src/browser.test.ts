import { build } from 'esbuild'
import { createContext, runInContext } from 'node:vm'
import { beforeAll, describe, expect, it } from 'vitest'
import type * as engine from './index.ts'
import { check } from './check/check.ts'
import { simulate } from './simulate/simulate.ts'
import { compileModel } from './compile.ts'
import { deliver } from './testing/scenario.ts'

/** What a page has and the language has not, as far as the engine and what it is made of may use it. */
const ofBrowsers = { TextEncoder, TextDecoder }
const script = ['{"signal":"start"}', '{"advance":"15m"}', '{"signal":"installed","args":{}}', '{"signal":"cancel"}']

/** The engine with all that it is made of, as one script for browsers. */
async function bundled(): Promise<{ readonly text: string; readonly warnings: readonly string[] }> {
  const entry = new URL('index.ts', import.meta.url).pathname
  const { outputFiles, warnings } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    globalName: 'engine',
    target: 'es2023',
    logLevel: 'silent',
  })
  return { text: outputFiles[0]?.text ?? '', warnings: warnings.map((warning) => warning.text) }
}

describe('the engine in a browser', () => {
  let complaints: readonly string[] = []
  let inBrowser: <T>(expression: string, given: Readonly<Record<string, unknown>>) => T

  beforeAll(async () => {
    // `bundle` fails for a built-in of Node, as there is none in browsers.
    const { text, warnings } = await bundled()
    complaints = warnings
    const context = createContext({ ...ofBrowsers })
    runInContext(text, context)
    inBrowser = (expression, given) => {
      Object.assign(context, { given: JSON.stringify(given) })
      return JSON.parse(String(runInContext(`given = JSON.parse(given); JSON.stringify(${expression})`, context)))
    }
  })

  it('knows nothing of Node', () => {
    expect(complaints).toEqual([])
    expect(inBrowser('[typeof process, typeof Buffer, typeof require, typeof setTimeout]', {})).toEqual(
      Array.from({ length: 4 }, () => 'undefined'),
    )
  })

  it('simulates as it does here', () => {
    const lines = inBrowser<engine.SimulationLine[]>(
      '[...engine.simulate(engine.compileModel(given.model), given.script)]',
      { model: deliver, script },
    )
    expect(lines).toEqual([...simulate(compileModel(deliver), script)])
    expect(lines.map(({ outcome }) => outcome)).toEqual(['fired', 'fired', 'fired', 'rejected', 'fired'])
  })

  it('checks as it does here', () => {
    expect(inBrowser('engine.check(given)', { ...deliver, initial: ['queud'] })).toEqual(
      check({ ...deliver, initial: ['queud'] }),
    )
  })
})
