import type { ConfigView } from '@hangar/junos-config'

/** A label-switched path as it is configured. Nobody signals it. */
export interface LabelSwitchedPath {
  readonly name: string
  /** Address of the egress router. */
  readonly to: string | undefined
  /** Address of the ingress router: the device's own unless said otherwise. */
  readonly from: string | undefined
  /** Bits a second. */
  readonly bandwidth: number | undefined
  readonly disabled: boolean
  /** Names of its primary path and of those that stand by. */
  readonly paths: { readonly primary: readonly string[]; readonly secondary: readonly string[] }
}

/** Those of the device, by name; templates are none. */
export function readLabelSwitchedPaths(root: ConfigView): ReadonlyMap<string, LabelSwitchedPath> {
  const paths = root.at('protocols', 'mpls').list('label-switched-path')
  return new Map(
    paths
      .filter(view => !view.has('template'))
      .map(view => {
        const path: LabelSwitchedPath = {
          name: view.key,
          to: view.leaf('to'),
          from: view.leaf('from'),
          bandwidth: bitsPerSecond(view.leaf('bandwidth')),
          disabled: view.has('disable'),
          paths: {
            primary: view.list('primary').map(({ key }) => key),
            secondary: view.list('secondary').map(({ key }) => key),
          },
        }
        return [view.key, path]
      }),
  )
}

const factors: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, g: 1e9 }

/** "10m" */
function bitsPerSecond(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const factor = factors[text.at(-1)!]
  return factor === undefined ? Number(text) : Number(text.slice(0, -1)) * factor
}
