/** The main routing instance's name, as commands and requests have it. */
export const MASTER = 'master'

/** Tables that are always there. */
export const standardTables = [
  ['inet.0', 'inet'],
  ['inet6.0', 'inet6'],
  ['inet.3', 'inet'],
  ['inet6.3', 'inet6'],
  ['mpls.0', 'mpls'],
  ['inetflow.0', 'other'],
  ['inet6flow.0', 'other'],
  ['bgp.l3vpn.0', 'other'],
  ['bgp.l3vpn-inet6.0', 'other'],
  ['inetcolor.0', 'other'],
  ['inet6color.0', 'other'],
] as const

/** "inet.0", "red.inet6.0": an instance's unicast table of a family. */
export function tableName(instance: string, family: string): string {
  return instance === MASTER ? `${family}.0` : `${instance}.${family}.0`
}
