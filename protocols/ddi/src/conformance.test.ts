import { conformance } from '@sutler/device-model/conformance'
import { ddiHarness } from './test/harness.ts'

conformance(ddiHarness)
