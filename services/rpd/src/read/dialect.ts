import { messageField, numberField, textField } from './wire.ts'

/*
 * The two generations of the RIB API number most of their fields alike. Where they differ is here.
 */

export interface Dialect {
  /** Of RouteGateway. */
  readonly gateway: {
    readonly weight: number
    readonly tunnel: number
    /** Undefined: the generation has no such field. */
    readonly table: number | undefined
  }
  /** Whether RouteAttributes has no_advertise and metrics. */
  readonly moreAttributes: boolean
  /** Field of the entries in an answer of RouteGet. */
  readonly routes: number
  /** Fields of a monitor's message. */
  readonly monitor: { readonly context: number; readonly table: number; readonly routes: number }
  /** The fields by which an answer says how it went; the numbers up to 30 mean the same in both generations. */
  status(code: number, message: string): Uint8Array
}

const none = new Uint8Array()
/** An RpcStatus that says success. */
const success = Uint8Array.of(0x0a, 0x00)

/** routing.Rib */
export const classic: Dialect = {
  gateway: { weight: 7, tunnel: 5, table: 8 },
  moreAttributes: true,
  routes: 2,
  monitor: { context: 2, table: 3, routes: 4 },
  status: code => (code === 0 ? none : Uint8Array.of(0x08, code)),
}

/** jnx.jet.routing.rib.Rib */
export const modern: Dialect = {
  gateway: { weight: 5, tunnel: 7, table: undefined },
  moreAttributes: false,
  routes: 3,
  monitor: { context: 3, table: 4, routes: 5 },
  status: (code, message) =>
    code === 0
      ? success
      : Uint8Array.from([
          ...messageField(1, [...numberField(1, 1), ...textField(2, message)]),
          ...numberField(2, code),
        ]),
}
