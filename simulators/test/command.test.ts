import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SmallHub } from './hub/small-hub.ts'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

interface Ended {
  readonly status: number | null
  readonly output: string
  readonly errors: string
}

/** Runs the command as a process of its own; sends the signal when its output has the text. */
function run(words: string[], environment: NodeJS.ProcessEnv = {}, interruptAt?: string): Promise<Ended> {
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH, SUTLER_CONFIG: '/nonexistent/config.json', ...environment }
    const child = spawn(process.execPath, [main, ...words], { env })
    let output = ''
    let errors = ''
    let interrupted = false
    child.stdout.on('data', (piece: Buffer) => {
      output += piece.toString()
      if (!interruptAt || interrupted || !output.includes(interruptAt)) return
      interrupted = child.kill('SIGINT')
    })
    child.stderr.on('data', (piece: Buffer) => (errors += piece.toString()))
    child.on('close', (status) => resolve({ status, output, errors }))
  })
}

describe('npm run fleet', () => {
  let hub: SmallHub

  beforeEach(async () => {
    hub = await new SmallHub().start()
    for (const deviceClass of ['set-top-box', 'phone', 'gateway']) {
      hub.catalogue.add('guide', '1.0.0', deviceClass, { 'a.txt': Buffer.from(deviceClass) })
    }
  })

  afterEach(() => hub.stop())

  test('orders a service, ends with status 0, and prints the result as its last line', async () => {
    const words = ['--devices', '6', '--hub', hub.url, '--order', 'guide@1.0.0', '--json']
    const { status, output, errors } = await run(words, { SUTLER_TOKEN: hub.token })
    expect({ status, errors }).toEqual({ status: 0, errors: '' })
    const result = JSON.parse(output.trim().split('\n').at(-1)!) as Record<string, unknown>
    expect(result).toMatchObject({ devices: 6, enrolled: 6, installed: 6, orders: { completed: 2 }, problems: [] })
  })

  test('leaves in order when it is interrupted', async () => {
    const words = ['--devices', '2', '--hub', hub.url, '--token', hub.token, '--duration', '1h']
    const { status, output } = await run(words, {}, '2/2 online')
    expect(status).toBe(130)
    expect(output).toContain('2 were connected')
  })

  test.each([
    ['no token', ['--devices', '2'], 'give --token'],
    ['a share of no version', ['--unhealthy', 'guide=0.2'], 'is not like tv-guide@1.1.0=0.2'],
    ['more than all', ['--unhealthy', 'guide@1.0.0=2', '--token', 't'], 'a share from 0 to 1'],
    ['another machine', ['--hub', 'https://192.0.2.1', '--token', 'sut_x'], '--allow-remote'],
    ['a share beyond 1', ['--token', 'sut_x', '--slow', '2'], '--slow is a share'],
    ['a number that is none', ['--devices', 'many'], 'is no number'],
  ])('says what is wrong: %s', async (_name, words, text) => {
    const { status, errors } = await run(words)
    expect(status).not.toBe(0)
    expect(errors).toContain(text)
  })
})
