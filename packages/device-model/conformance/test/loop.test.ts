import { conformance } from '../index.ts'
import { loopHarness } from './loop.ts'

conformance(loopHarness)
