import { element, type XmlElement } from '@hangar/xml'
import type { Family } from '../forwarding/index.ts'

/** A route that every forwarding table has from the start. */
export interface PermanentRoute {
  readonly address: Uint32Array
  readonly length: number
  readonly nextHop: XmlElement
}

/** Types and numbers as recorded in main instances. */
export const permanentRoutes: Readonly<Record<Family, readonly PermanentRoute[]>> = {
  inet: [
    permanent([0], 0, 'rjct', 36),
    permanent([0], 32, 'dscd', 34),
    permanent([0xe000_0000], 4, 'mdsc', 35),
    permanent([0xe000_0001], 32, 'mcst', 31, '224.0.0.1'),
    permanent([0xffff_ffff], 32, 'bcst', 32),
  ],
  inet6: [
    permanent([0, 0, 0, 0], 0, 'rjct', 44),
    permanent([0, 0, 0, 0], 128, 'dscd', 42),
    permanent([0xff00_0000, 0, 0, 0], 8, 'mdsc', 43),
    permanent([0xff02_0000, 0, 0, 1], 128, 'mcst', 39, 'ff02::1'),
  ],
  mpls: [permanent([0], 0, 'dscd', 50)],
}

function permanent(
  address: readonly number[],
  length: number,
  type: string,
  number: number,
  to?: string,
): PermanentRoute {
  return {
    address: Uint32Array.from(address),
    length,
    nextHop: element('nh', [
      to === undefined ? undefined : element('to', to),
      element('nh-type', type),
      element('nh-index', number),
      element('nh-reference-count', 1),
    ]),
  }
}
