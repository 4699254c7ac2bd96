/** The main routing instance's name, as commands and requests have it. */
export const MASTER = 'master'

/** "inet.0", "red.inet6.0": an instance's unicast table of a family. */
export function tableName(instance: string, family: string): string {
  return instance === MASTER ? `${family}.0` : `${instance}.${family}.0`
}
