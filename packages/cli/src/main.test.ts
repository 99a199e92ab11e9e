import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'

const program = new URL('main.ts', import.meta.url).pathname

test('what was compiled of the program is kept where only its user writes', async () => {
  const home = await mkdtemp(join(tmpdir(), 'sutler-home-'))
  onTestFinished(() => rm(home, { recursive: true, force: true }))
  const { NODE_COMPILE_CACHE: _, XDG_CACHE_HOME: __, ...own } = process.env
  const run = (env: NodeJS.ProcessEnv) => promisify(execFile)(process.execPath, [program, '--help'], { env })
  await run({ ...own, HOME: home, TMPDIR: home })
  expect(await readdir(home)).toEqual(['.cache'])
  expect(await readdir(join(home, '.cache'))).toEqual(['sutler'])
  await run({ ...own, HOME: home, TMPDIR: home, XDG_CACHE_HOME: join(home, 'caches') })
  expect((await readdir(home)).toSorted()).toEqual(['.cache', 'caches'])
})
