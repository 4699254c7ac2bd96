import type { ConfigView } from '@hangar/junos-config'

/** A label-switched path as it is configured. */
export interface LabelSwitchedPath {
  readonly name: string
  /** Address of the egress router. */
  readonly to: string | undefined
  /** Address of the ingress router: the device's own unless said otherwise. */
  readonly from: string | undefined
  /** Bits a second. */
  readonly bandwidth: number | undefined
}

export function readLabelSwitchedPaths(_root: ConfigView): ReadonlyMap<string, LabelSwitchedPath> {
  return new Map()
}
