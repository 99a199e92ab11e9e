import { statSync, unlinkSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import type { Server } from 'node:net'
import { join } from 'node:path'
import { AgentError } from '../../core/errors.ts'

export interface DirectoryLock {
  release(): Promise<void>
}

/**
 * Makes sure that only one agent works in a directory. The lock is a listening local socket named after the directory's
 * place on the disk: on Linux and Windows the system takes it away when the process dies, however it dies; elsewhere it is
 * a file that nobody answers any more, which is cleared away.
 * @throws AgentError `directory-in-use`
 */
export async function lockDirectory(root: string): Promise<DirectoryLock> {
  const name = lockName(root)
  try {
    return await listen(name)
  } catch (error) {
    if (!isInUse(error)) throw new AgentError('disk', `${root} cannot be locked`, error)
    if (name.startsWith(root) && !(await answers(name))) {
      unlinkSync(name)
      return listen(name)
    }
    throw new AgentError('directory-in-use', `another agent works in ${root}: stop it, or give this one another --dir`)
  }
}

function listen(name: string): Promise<DirectoryLock> {
  const server = createServer((socket) => socket.destroy())
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ path: name }, () => resolve({ release: () => close(server) }))
    server.unref()
  })
}

function isInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
}

function answers(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path: name })
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

function lockName(root: string): string {
  const { dev, ino } = statSync(root, { bigint: true })
  if (process.platform === 'linux') return `\0sutler-agent-${dev}-${ino}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\sutler-agent-${dev}-${ino}`
  return join(root, 'lock')
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()))
}
