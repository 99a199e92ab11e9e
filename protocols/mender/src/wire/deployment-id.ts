/**
 * The id of a deployment on the wire: a UUID of version 8 (RFC 9562, 5.8) around the id of the queued output.
 * ▲ mender-client looks for the log of a deployment by the first file whose path holds the id anywhere: a short one it finds in the
 * number of another deployment's file, and sends that.
 */
const head = '6d656e64-6572-8'

/** @param output a whole number of at most 53 bits */
export function deploymentIdOf(output: number): string {
  const digits = output.toString(16).padStart(15, '0')
  return `${head}${digits.slice(0, 3)}-8000-${digits.slice(3)}`
}

const shape = new RegExp(`^${head}([0-9a-f]{3})-8000-([0-9a-f]{12})$`)

/** @returns null when the hub has made no such id */
export function outputIdOf(deployment: string): number | null {
  const [, high, low] = shape.exec(deployment) ?? []
  const output = Number.parseInt(`${high}${low}`, 16)
  return Number.isSafeInteger(output) && output > 0 ? output : null
}
