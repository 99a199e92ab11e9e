import { spawn } from 'node:child_process'
import { checkLayers } from './layers/main.ts'

/**
 * `npm run check`: everything about the tree that can be known without running the tests. All parts run, also after one has
 * failed, so that one round shows all there is to mend.
 */
const root = new URL('..', import.meta.url).pathname

interface Part {
  readonly name: string
  readonly run: () => Promise<boolean>
}

/** Runs a program of node_modules/.bin; its output is shown only when it fails. */
function program(command: string, ...args: string[]): () => Promise<boolean> {
  return () =>
    new Promise((resolve) => {
      const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
      let output = ''
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => (output += text))
      child.on('error', (error) => {
        console.error(`${command}: ${error.message}`)
        resolve(false)
      })
      child.on('close', (code) => {
        if (code !== 0) console.error(output.trimEnd())
        resolve(code === 0)
      })
    })
}

const parts: readonly Part[] = [
  { name: 'types', run: program('tsc', '-p', '.') },
  // With the types of the browser, which nothing else may know.
  { name: 'types of the editor', run: program('tsc', '-p', 'packages/editor') },
  { name: 'types of the console', run: program('tsc', '-p', 'packages/console') },
  { name: 'types of the agent in a page', run: program('tsc', '-p', 'agent/tsconfig.page.json') },
  { name: 'types of the agent in a worker', run: program('tsc', '-p', 'agent/tsconfig.worker.json') },
  { name: 'lint', run: program('oxlint', '--deny-warnings') },
  { name: 'format', run: program('oxfmt', '--check', '.') },
  { name: 'layers', run: async () => checkLayers(root) === 0 },
  { name: 'unused code', run: program('knip', '--no-progress') },
  { name: 'generated files', run: program(process.execPath, 'tools/generate.ts', '--check') },
]

const failed: string[] = []
for (const part of parts) {
  const ok = await part.run()
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${part.name}`)
  if (!ok) failed.push(part.name)
}
if (failed.length > 0) {
  console.error(`check failed: ${failed.join(', ')}`)
  process.exitCode = 1
}
