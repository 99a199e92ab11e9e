/** Which instance, whatever its version. */
export interface Address {
  readonly model: string
  readonly id: string
}

/** `<model>/<id>`. */
export function addressKey({ model, id }: Address): string {
  return `${model}/${id}`
}
