/**
 * What the device says it is, in one place. The release is that of the Junos whose configuration model and command output it
 * follows; Hangar's own version stands beside it wherever a person looks.
 */
export const product = {
  /** As in XML namespaces. */
  release: '23.4R1',
  /** As in `version` of a configuration and `Junos:` of `show version`. */
  softwareVersion: '23.4R1.10',
  model: 'vmx',
  hangarVersion: '0.1.0',
} as const
