/** Of services, so that the UUID of a deployment unit is the same on every device and every hub (RFC 4122, 4.3). */
const namespace = Uint8Array.from([
  0x6f, 0x1c, 0x5b, 0x0e, 0x8a, 0x43, 0x5d, 0x0b, 0x9d, 0x52, 0x1f, 0x77, 0x02, 0xc4, 0xaa, 0x19,
])

/** The name-based UUID, version 5, of a service's deployment unit (TR-181, `DeploymentUnit.{i}.UUID`). */
export async function uuidOf(service: string): Promise<string> {
  const name = new TextEncoder().encode(service)
  const input = new Uint8Array(namespace.length + name.length)
  input.set(namespace)
  input.set(name, namespace.length)
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-1', input)).slice(0, 16)
  hash[6] = (hash[6]! & 0x0f) | 0x50
  hash[8] = (hash[8]! & 0x3f) | 0x80
  const hex = [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
