import { stepWords } from '@hangar/junos-config'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PathError, readPath } from './config-path.ts'

const words = (path: string) => {
  const { steps, member } = readPath(path).target
  return [...stepWords(steps), ...(member ? [member.schema.name] : [])].join(' ')
}

test.each([
  ['/', ''],
  ['/configuration', ''],
  ['/interfaces', 'interfaces'],
  ["/configuration/interfaces/interface[name='xe-0/0/0']", 'interfaces xe-0/0/0'],
  ['/interfaces/interface[name="xe-0/0/0"]/unit[name="0"]/family/inet', 'interfaces xe-0/0/0 unit 0 family inet'],
  ["/junos:interfaces/junos:interface[ junos:name = 'xe-0/0/0' ]/mtu", 'interfaces xe-0/0/0 mtu'],
  ["/interfaces/interface[name='xe-0/0/0']/unit", 'interfaces xe-0/0/0 unit'],
  ['/system/host-name', 'system host-name'],
])('%s', (path, expected) => {
  expect(words(path)).toBe(expected)
})

test.each([
  '',
  'interfaces',
  '/interfaces/',
  '//interfaces',
  '/nonsense',
  '/interfaces/interface',
  '/interfaces/xe-0/0/0',
  "/interfaces/interface[name='xe-0/0/0'",
  "/interfaces/interface[unit='0']",
  "/interfaces/interface[name='xe-0/0/0'][name='xe-0/0/1']",
  "/system[name='x']",
  '/system/host-name/x',
  `/${'x'.repeat(5000)}`,
])('no path: %s', path => {
  expect(() => readPath(path)).toThrow(PathError)
})

test('any text is a path or not', () => {
  const piece = fc.constantFrom('/', '[', ']', 'name', '=', "'", '"', 'interfaces', 'interface', 'unit', ' ', 'é', '\0')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), pieces => {
      try {
        readPath(pieces.join(''))
      } catch (error) {
        expect(error).toBeInstanceOf(PathError)
      }
    }),
  )
})
