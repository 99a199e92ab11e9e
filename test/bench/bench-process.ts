import { fork } from 'node:child_process'
import { once } from 'node:events'

/** A program of the bench in a process of its own, so that what is measured does not share its event loop. */
export interface BenchProcess {
  readonly pid: number
  /** Asks for something and waits for the answer. @throws Error when the program fails or ends */
  ask<Answer>(question: object): Promise<Answer>
  /** SIGKILL: it has nothing to lose. */
  stop(): Promise<void>
}

/** @param file beside this one @param flags of Node */
export function startProcess(file: string, flags: readonly string[] = []): BenchProcess {
  const child = fork(new URL(file, import.meta.url), { execArgv: [...flags], serialization: 'advanced' })
  const ended = once(child, 'exit').then(([code, signal]: unknown[]) => {
    throw new Error(`${file} ended (${String(signal ?? `status ${String(code)}`)})`)
  })
  ended.catch(() => {})
  return {
    pid: child.pid!,
    async ask<Answer>(question: object): Promise<Answer> {
      const answered = once(child, 'message')
      child.send(question)
      const [answer] = (await Promise.race([answered, ended])) as [{ value?: Answer; error?: string }]
      if (answer.error !== undefined) throw new Error(`${file}: ${answer.error}`)
      return answer.value as Answer
    },
    async stop() {
      child.kill('SIGKILL')
      await ended.catch(() => {})
    },
  }
}

/** The other side: answers one question after the other until the parent has gone. */
export function serveParent(answer: (question: never) => Promise<unknown>): void {
  process.on('message', (question) => {
    answer(question as never).then(
      (value) => process.send!({ value }),
      (error: unknown) => process.send!({ error: error instanceof Error ? error.stack : String(error) }),
    )
  })
  process.on('disconnect', () => process.exit())
}
