import { describe, expect, it } from 'vitest'
import { nodeFiles } from '../../src/platform/node/files.ts'
import { makeDirectory, removeDirectory } from '../running-agent.ts'
import { filesCases } from './cases.ts'

describe('files on Node', () => {
  it.each(Object.entries(filesCases))('%s', async (_name, run) => {
    const directory = makeDirectory()
    try {
      await expect(run(nodeFiles(directory))).resolves.toBeUndefined()
    } finally {
      removeDirectory(directory)
    }
  })
})
