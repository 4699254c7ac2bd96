import type { SyslogInput } from '@hangar/daemon'

/** What the system log has of a load: "load override", "rollback". */
export function loadEvent(user: string, what: string): SyslogInput {
  return {
    tag: 'UI_LOAD_EVENT',
    message: `User '${user}' is performing a '${what}'`,
    severity: 'notice',
    facility: 'interact-commands',
    attributes: { username: user, command: what },
  }
}
