import type { SyslogInput } from '@hangar/daemon'
import type { ConfigView } from '@hangar/junos-config'
import type { Authenticator } from '../users/authenticator.ts'
import type { SshGate } from './services.ts'

/** Who is let in over the network: users with a password or a key; root as `services ssh root-login` says. */
export function networkGate(options: {
  authenticator: Authenticator
  /** `[edit system]`, as it is now. */
  system(): ConfigView
  syslog(message: SyslogInput): void
}): SshGate {
  const { authenticator, system, syslog } = options
  const rootLogin = () => system().at('services', 'ssh').leaf('root-login')
  return {
    banner: () => system().at('login').leaf('message'),
    async password(user, password) {
      const login = await authenticator.byPassword(user, password)
      return user === 'root' && rootLogin() !== 'allow' ? undefined : login
    },
    key: (user, blob) => (user === 'root' && rootLogin() === 'deny' ? undefined : authenticator.byKey(user, blob)),
    failed: (user, from) =>
      syslog({
        tag: 'SSHD_LOGIN_FAILED',
        message: `Login failed for user '${user}' from host '${from}'`,
        facility: 'auth',
        process: 'sshd',
        attributes: { username: user, 'source-address': from },
      }),
  }
}

/** At the console whoever can open the socket is let in: as root, or as a user that exists. */
export function consoleGate(authenticator: Authenticator): SshGate {
  return {
    banner: () => undefined,
    password: async () => undefined,
    key: () => undefined,
    nobodyAsked(user) {
      if (user === 'root') return { user, loginClass: 'super-user' }
      const account = authenticator.accounts.find(user)
      return account && { user, loginClass: account.loginClass }
    },
    failed: () => {},
  }
}
