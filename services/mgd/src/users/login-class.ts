import type { ConfigView } from '@hangar/junos-config'

/** What a login class may do. */
export interface LoginClass {
  readonly name: string
  /** Minutes; 0: a session may stay idle for ever. */
  readonly idleTimeout: number
  may(permission: string): boolean
}

/** The classes that exist without being configured. */
const builtin: Readonly<Record<string, readonly string[]>> = {
  'super-user': ['all'],
  superuser: ['all'],
  operator: ['clear', 'network', 'reset', 'trace', 'view'],
  'read-only': ['view'],
  unauthorized: [],
}

/** A login class by its name; one that is not there may do nothing. `system` is `[edit system]`. */
export function loginClass(system: ConfigView, name: string): LoginClass {
  const configured = system.at('login', 'class', name)
  const permissions = new Set(configured.exists ? configured.values('permissions') : builtin[name])
  return {
    name,
    idleTimeout: configured.number('idle-timeout') ?? 0,
    may: permission => grants(permissions, permission),
  }
}

/** A flag that ends in -control also lets see what it lets change; `control` changes everything. */
function grants(permissions: ReadonlySet<string>, wanted: string): boolean {
  if (permissions.has('all')) return true
  if (wanted === 'none' || permissions.has(wanted) || permissions.has(`${wanted}-control`)) return true
  return permissions.has('control') && wanted.endsWith('-control')
}
