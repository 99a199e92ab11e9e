/** What this ACS answers to GetRPCMethods (A.3.1.1): the methods that a CPE may call. */
export const acsMethods = [
  'GetRPCMethods',
  'Inform',
  'TransferComplete',
  'AutonomousTransferComplete',
  'DUStateChangeComplete',
  'AutonomousDUStateChangeComplete',
] as const
