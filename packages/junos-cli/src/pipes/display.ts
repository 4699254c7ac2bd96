import type { ConfigurationFormat, Inheritance } from '../configuration-session.ts'

/** How a command's result is wanted, from the pipes that say so. */
export interface Display {
  readonly format: ConfigurationFormat
  /** The RPC itself rather than its result: `| display xml rpc`. */
  readonly rpc: boolean
  /** Groups expanded, with or without remarks on what came from where. */
  readonly inherit: Inheritance
  /** The difference from this rollback rather than the thing. */
  readonly compare: number | undefined
  readonly paging: boolean
  /** XML without the `rpc-reply` around it, for programs that are not at a terminal. */
  readonly bare?: boolean
}

export const plainDisplay: Display = { format: 'text', rpc: false, inherit: 'none', compare: undefined, paging: true }
