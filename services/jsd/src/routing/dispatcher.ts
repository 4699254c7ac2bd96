import { Doorstep, type DoorstepRules } from '../login/doorstep.ts'
import type { Login } from '../login/login.ts'
import { LoginCall } from '../login/login-call.ts'
import { loginMethods } from '../login/login-methods.ts'
import type { Session } from '../session/session.ts'
import type { WireCall, WireCallListener } from '../transport/wire-call.ts'
import { answers } from './call-status.ts'
import type { Route, RoutingTable } from './routing-table.ts'
import { StreamForward } from './stream-forward.ts'
import { UnaryForward } from './unary-forward.ts'
import { Unserved } from './unserved.ts'

export interface DispatcherOptions {
  /** The session of a connection by its far end; undefined when the connection is refused or gone. */
  sessionOf(peer: string): Session | undefined
  routes: RoutingTable
  login: Login
  /** As they are configured now. */
  rules(): DoorstepRules
  onCall(): void
}

/** Where each call goes. Who has not logged in is told so whatever he calls, and does not learn what is served. */
export class Dispatcher {
  readonly #options: DispatcherOptions

  constructor(options: DispatcherOptions) {
    this.#options = options
  }

  dispatch(path: string, call: WireCall): void {
    const { sessionOf, routes, login, rules, onCall } = this.#options
    const session = sessionOf(call.getPeer())
    if (!session) {
      call.sendStatus(answers.connectionEnds)
      return
    }
    onCall()
    // Nobody who announces a login service of his own gets to see passwords.
    const loginMethod = loginMethods.get(path)
    if (loginMethod) call.start(new LoginCall(call, session, loginMethod, login))
    else {
      const route = routes.find(path)
      const forward = route ? forwardOf(call, route, session) : new Unserved(call, path)
      const known = session.loggedIn || (session.identity && rules().skipAuthentication)
      call.start(known ? forward : new Doorstep(call, session, login, rules(), forward))
    }
  }
}

function forwardOf(call: WireCall, route: Route, session: Session): WireCallListener {
  return route.clientStreaming || route.serverStreaming
    ? new StreamForward(call, route, session)
    : new UnaryForward(call, route, session)
}
