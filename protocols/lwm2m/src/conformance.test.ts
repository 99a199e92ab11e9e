import { conformance } from '@sutler/device-model/conformance'
import { lwm2mHarness } from './test/harness.ts'

conformance(() => lwm2mHarness(9))
conformance(() => lwm2mHarness(5))
