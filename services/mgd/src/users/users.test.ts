import { emptyRoot, loadText, viewOf } from '@hangar/junos-config'
import { ManualClock, seededRandom } from '@hangar/runtime'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Accounts } from './accounts.ts'
import { Authenticator } from './authenticator.ts'
import { canCrypt, crypt, cryptWorker, encryptPassword } from './crypt.ts'
import { PasswordChecker } from './password.ts'
import { passwordFault } from './password-rules.ts'

const accountsOf = (text: string) => new Accounts(viewOf(loadText(emptyRoot, text).root))
const checker = () => new PasswordChecker({ clock: new ManualClock(), random: seededRandom(1) })

describe('passwords', () => {
  test.each([
    // Made by openssl passwd.
    [
      'Hello world!',
      '$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1',
    ],
    ['Hello world!', '$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5'],
    [
      'pässwörd xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      '$6$ab$FwpsgNmR8NbhGHuOoxlNW0yb51ikCJFiyVXJTVTnNP814PFfi4E96YMmUX7eu5g2nTMx43jIS5zUUcnnIDZQM1',
    ],
  ])('%s is that of %s', async (password, encrypted) => {
    expect(await checker().check(password, encrypted)).toBe(true)
    expect(await checker().check(`${password} `, encrypted)).toBe(false)
  })

  test('many at once are all answered, each for itself', async () => {
    const encrypted = encryptPassword('right')
    const passwords = checker()
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) => passwords.check(i % 3 === 0 ? 'right' : `wrong${i}`, encrypted)),
    )
    expect(answers).toEqual(Array.from({ length: 12 }, (_, i) => i % 3 === 0))
    passwords.close()
  })

  test('are checked here where the thread cannot be started', async () => {
    const encrypted = encryptPassword('right')
    const worker = cryptWorker(new URL('file:///nowhere/crypt-worker.mjs'))
    expect(await worker.crypt('right', encrypted)).toBe(encrypted)
    expect(await worker.crypt('wrong', encrypted)).not.toBe(encrypted)
  })

  test('a right one costs once, and no longer counts when it is changed', async () => {
    const passwords = checker()
    const first = encryptPassword('one')
    expect(await passwords.check('one', first)).toBe(true)
    const started = performance.now()
    for (let i = 0; i < 100; i++) expect(await passwords.check('one', first)).toBe(true)
    expect(performance.now() - started).toBeLessThan(100)
    expect(await passwords.check('one', encryptPassword('two'))).toBe(false)
    passwords.close()
  })

  test.each(['$6$rounds=999999999$salt$x', '$1$salt$hash', '*', '!x', '', '$6$', '$6$a b$c', '$7$x$y'])(
    'nothing opens %j, and nobody waits for it',
    async encrypted => {
      expect(canCrypt(encrypted)).toBe(false)
      const passwords = checker()
      expect(await passwords.check('x', encrypted)).toBe(false)
      passwords.close()
    },
  )

  test('an endless one is refused without hashing', async () => {
    const started = performance.now()
    expect(await checker().check('x'.repeat(1_000_000), encryptPassword('x'))).toBe(false)
    expect(performance.now() - started).toBeLessThan(500)
  })

  test('whatever is configured as hash, the answer is a text or nothing', () => {
    fc.assert(
      fc.property(fc.string(), setting => void crypt('x', setting)),
      { numRuns: 200 },
    )
  })

  test.each([
    ['short', 'minimum password length is 6'],
    ['lowercase', 'require change of case, digits or punctuation'],
    ['lab123', undefined],
    ['Changed', undefined],
  ])('a new password %j', (password, fault) => {
    expect(passwordFault(password)).toBe(fault)
  })
})

describe('users', () => {
  const accounts = accountsOf(`
    system {
      root-authentication { encrypted-password "*"; }
      login {
        class noc { permissions [ view configure interface-control ]; }
        class boss { permissions control; }
        user a { class noc; }
        user b { class super-user; authentication { ssh-ed25519 "ssh-ed25519 AAAA b@c"; } }
        user c { class boss; }
      }
    }`)

  test('have their class, and root is there when it has an authentication', () => {
    expect(accounts.find('a')).toMatchObject({ loginClass: 'noc', keys: [] })
    expect(accounts.find('root')?.loginClass).toBe('super-user')
    expect(accountsOf('').find('root')).toBeUndefined()
    expect(accounts.find('nobody')).toBeUndefined()
    expect(accounts.names()).toEqual(['a', 'b', 'c'])
  })

  test('names from the network are looked up, never obeyed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', 'apply-groups', '')), name => {
        fc.pre(!['a', 'b', 'c', 'root'].includes(name))
        expect(accounts.find(name)).toBeUndefined()
      }),
    )
  })

  test.each([
    ['super-user', 'maintenance', true],
    ['noc', 'view', true],
    ['noc', 'interface', true],
    ['noc', 'interface-control', true],
    ['noc', 'clear', false],
    ['noc', 'system', false],
    ['boss', 'system-control', true],
    ['read-only', 'view', true],
    ['read-only', 'configure', false],
    ['operator', 'clear', true],
    ['operator', 'configure', false],
    ['unauthorized', 'view', false],
    ['not-there', 'view', false],
  ])('class %s, permission %s: %s', (name, permission, allowed) => {
    expect(accounts.classOf(name).may(permission)).toBe(allowed)
  })

  test('the newest configuration counts', async () => {
    const authenticator = new Authenticator(checker(), accountsOf(''))
    expect(authenticator.byKey('b', Buffer.from('AAAA', 'base64'))).toBeUndefined()
    authenticator.use(accounts)
    expect(authenticator.byKey('b', Buffer.from('AAAA', 'base64'))).toEqual({ user: 'b', loginClass: 'super-user' })
    expect(authenticator.byKey('b', Buffer.from('AAAB', 'base64'))).toBeUndefined()
    expect(await authenticator.byPassword('root', '*')).toBeUndefined()
  })
})

test('a class says how long its users may be idle', () => {
  const accounts = accountsOf('system { login { class brief { permissions view; idle-timeout 5; } } }')
  expect(accounts.classOf('brief').idleTimeout).toBe(5)
  expect(accounts.classOf('super-user').idleTimeout).toBe(0)
})
