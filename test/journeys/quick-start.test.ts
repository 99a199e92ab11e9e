import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { commandsOf } from '../support/guide.ts'
import { launch } from '../support/hub-process.ts'
import { typed } from '../support/shell.ts'
import { patience } from './household.ts'

const page = new URL('../../docs/guide/quick-start.md', import.meta.url)
const program = new URL('../../packages/cli/src/main.ts', import.meta.url).pathname

let directory: string
let data: string
let hub: Awaited<ReturnType<typeof launch>>

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sutler-quick-'))
  data = join(directory, 'data')
  hub = await launch({ SUTLER_DATA: data, SUTLER_HTTP_PORT: '0', SUTLER_MQTT_PORT: '0' })
}, patience)

afterAll(async () => {
  const ended = new Promise((resolve) => hub.child.once('exit', resolve))
  hub.child.kill('SIGTERM')
  await ended
  await rm(directory, { recursive: true, force: true })
}, patience)

/** The page's commands with this test's places in them. Agents run beside, as in terminals of their own. */
function here(command: string): string[] {
  if (command.startsWith('npm ')) return []
  const mine = command
    .replaceAll('/tmp/quick-start', directory)
    .replaceAll('.sutler/', `${data}/`)
    .replaceAll('https://127.0.0.1:8480', hub.secure.url)
    .replace('npm run --silent sutler --', `"${process.execPath}" "${program}"`)
    .replace('--name anna', `--name anna --password-file ${directory}/password`)
  const [, name] = /^node_modules\S+ agent.* --class (\w+)$/.exec(mine) ?? []
  if (name === undefined) return [mine]
  const ready = `until grep -q connected ${directory}/${name}.log; do sleep 0.1; done`
  return [`exec ${mine} --json-log > ${directory}/${name}.log 2>&1 & ${name}=$!`.replace('exec ', ''), ready]
}

it('the quick start does what it says, command by command', { timeout: 5 * patience }, async () => {
  const told = commandsOf(await readFile(page, 'utf8')).map(({ command }) => command)
  const commands = [`echo 'a password of some length' > ${directory}/password`, ...told.flatMap(here)]
  // Ctrl-C in the phone's terminal.
  const stopped = commands.findIndex((command) => command.includes('tv-guide/1.1.0'))
  commands.splice(stopped, 0, 'kill $phone; wait $phone')
  commands.push('kill $phone $gateway; wait $phone $gateway')
  const own = Object.entries(process.env).filter(([name]) => !/^(SUTLER_|DATABASE_URL$|FORCE_COLOR$)/.test(name))
  const env = { ...Object.fromEntries(own), SUTLER_CONFIG: join(directory, 'config.json') } as Record<string, string>
  const printed = await typed(commands, { directory, env, deadline: 4 * patience })
  const after = (text: string): string => printed[commands.findIndex((command) => command.includes(text))] ?? ''
  const last = (text: string): string => printed[commands.findLastIndex((command) => command.includes(text))] ?? ''
  const all = printed.map((text, at) => `$ ${commands[at]}\n${text}`).join('\n')
  expect(all).not.toMatch(/\[[a-z]+(-[a-z]+)+\]$/m)
  expect(after('sutler invite')).toMatch(/\/setup#inv_/)
  expect(after('sutler watch')).toContain('completed')
  expect(after('sutler explain order')).toContain('phone')
  expect(last('sutler explain order')).toContain('phone')
  expect(last('sutler watch')).toContain('completed')
  expect(after('instance list')).toMatch(/\d-quick\.1 +pending/)
  expect(last('model role list')).not.toContain('quick.1')
})
