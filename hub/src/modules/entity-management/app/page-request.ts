/** A page of a list, ordered by id: at most `limit` rows after the id `after`. */
export interface PageRequest {
  readonly limit: number
  readonly after: string | undefined
}
