import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { expect, it, onTestFinished } from 'vitest'

const root = new URL('../../', import.meta.url).pathname

/** Pids of all processes below `pid`, with their command lines. */
async function below(pid: number): Promise<{ pid: number; command: string }[]> {
  const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).split(' ').filter(Boolean).map(Number)
  const found = await Promise.all(
    children.map(async (child) => {
      const command = (await readFile(`/proc/${child}/cmdline`, 'utf8')).replaceAll('\0', ' ')
      return [{ pid: child, command }, ...(await below(child))]
    }),
  )
  return found.flat()
}

it.skipIf(process.platform !== 'linux')(
  'npm run demo -- --exit does the main job to its end, also when the hub is killed in its middle (found by /proc: Linux)',
  { timeout: 240_000 },
  async () => {
    const demo = spawn('npm', ['run', '--silent', 'demo', '--', '--exit'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const lines: string[] = []
    const killed: number[] = []
    let hub = 0
    for (const stream of [demo.stdout, demo.stderr])
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line)
        if (line.startsWith('2.')) void findHub()
        // A device works on its delivery.
        if (line.includes(' accepted ') && hub !== 0 && killed.length === 0) {
          process.kill(hub, 'SIGKILL')
          killed.push(hub)
        }
      })
    const findHub = async (): Promise<void> => {
      hub = (await below(demo.pid!)).find(({ command }) => command.includes('hub/src/main.ts'))?.pid ?? 0
    }
    onTestFinished(() => void demo.kill('SIGTERM'))
    const status = await new Promise((resolve) => demo.on('close', resolve))
    const said = lines.join('\n')
    expect(killed, said).toHaveLength(1)
    expect(status, said).toBe(0)
    expect(said).toContain('is started again')
    const result = JSON.parse(lines.at(-1)!) as Record<string, number>
    expect(result).toMatchObject({ devices: 3, confirmed: 3 })
    expect(Object.keys(result)).toEqual(['devices', 'confirmed', 'bytes', 'seconds'])
    expect(result['bytes']).toBeGreaterThan(10_000_000)
    expect(said).toMatch(/is (pending|inProgress): it waits for the phone/)
  },
)
