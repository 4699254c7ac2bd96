import { patternText } from '../values/value.ts'
import { flag, key, list, oneOf } from './dsl.ts'

/** An object identifier, by numbers or names: `.1.3.6.1`, `jnxMibs`. */
export const objectIdentifier = patternText('oid', /^[A-Za-z0-9.-]{1,255}$/, value => `invalid OID: '${value}'`)

/** Which objects are in a view, or a filter of notifications. */
export const objects = list(
  'oid',
  'Object and those below it',
  key('oid', 'Object', objectIdentifier),
  oneOf('action', [flag('include', 'Take it in'), flag('exclude', 'Leave it out')]),
  { oneLine: 'always' },
)
