/** What a client says to be let in. */
export interface Credentials {
  readonly user: string
  readonly password: string
  /** May be empty. */
  readonly clientId: string
}
