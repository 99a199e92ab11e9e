/** Simulated USP agents, for tests, benchmarks and trying things out. */
export { UspAgent } from './usp-agent.ts'
export type { UspAgentOptions } from './usp-agent.ts'
