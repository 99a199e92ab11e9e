import * as fc from 'fast-check'
import { long, seed } from './thoroughness.ts'

// Every property test of a file starts from the same seed; a failure prints it with the path to its example.
fc.configureGlobal({ seed, ...(long && { numRuns: 1_000 }) })
