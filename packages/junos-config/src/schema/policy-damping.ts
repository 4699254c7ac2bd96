import { ipPrefix } from '../values/address.ts'
import { identifier } from '../values/name.ts'
import { integer } from '../values/number.ts'
import { tableName } from '../values/routing.ts'
import { container, flag, key, leaf, list } from './dsl.ts'

/** How routes that come and go are held back. */
export const damping = list(
  'damping',
  'BGP route flap damping',
  key('damping-name', 'Name of these parameters', identifier),
  () => [
    flag('disable', "Don't damp"),
    leaf('half-life', 'Minutes after which half is forgotten', integer(1, 45)),
    leaf('reuse', 'Figure below which a route is used again', integer(1, 20000)),
    leaf('suppress', 'Figure above which a route is not used', integer(1, 20000)),
    leaf('max-suppress', 'Minutes for which it is not used at most', integer(1, 720)),
  ],
  { order: 'system' },
)

/** Something outside of a route that policies ask about. */
export const condition = list(
  'condition',
  'Condition that policies ask about',
  key('condition-name', 'Name of the condition', identifier),
  () => [
    container(
      'if-route-exists',
      'A route is there',
      [
        leaf('prefix', 'Its destination', ipPrefix('refused'), { keyword: false }),
        leaf('table', 'Its table', tableName),
      ],
      { presence: true },
    ),
  ],
  { order: 'system' },
)
