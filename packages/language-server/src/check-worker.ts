import { parentPort } from 'node:worker_threads'
import { checkPattern } from '@sutler/patterns'
import type { CheckAnswer, CheckQuestion } from './checker.ts'

/** A thread of its own for `check`, which can take seconds: hovers and completions do not wait for it. */
parentPort?.on('message', ({ text, tasks }: CheckQuestion) => {
  const { diagnostics } = checkPattern(text, tasks === null ? {} : { tasks })
  const answer: CheckAnswer = { diagnostics }
  parentPort?.postMessage(answer, [])
})
