import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { detectFormat, emptyRoot, formatLoadError, formatSet, formatText, loadSet, loadText } from '../index.ts'
import { configuration } from '../testing/arbitrary.ts'
import { config } from '../testing/build.ts'
import { keptErrors } from './load.ts'

const sample = `## Last commit: 2024-01-01 00:00:00 UTC by root
version 23.4R1.9;
groups {
    g1 {
        interfaces {
            <xe-*> {
                unit <*> {
                    description x;
                }
            }
        }
    }
}
apply-groups g1;
system {
    host-name r1;
    root-authentication {
        encrypted-password "$6$abc$def"; ## SECRET-DATA
        ssh-rsa "ssh-rsa AAAA me@here"; ## SECRET-DATA
    }
    services {
        ssh;
    }
    name-server {
        192.0.2.53;
    }
    syslog {
        user * {
            any emergency;
        }
    }
}
security {
    certificates {
        local {
            jet {
                "-----BEGIN\\nEND-----"; ## SECRET-DATA
            }
        }
    }
}
interfaces {
    xe-0/0/2 {
        description "to \\"core\\"";
        unit 0 {
            family inet {
                address 10.0.1.1/24;
                inactive: address 10.0.2.1/24 {
                    preferred;
                }
            }
            inactive: family mpls;
        }
    }
    inactive: xe-0/0/10 {
        vlan-tagging;
    }
    fxp0 {
        disable;
    }
}
routing-options {
    inactive: router-id 10.255.0.1;
    static {
        route 0.0.0.0/0 next-hop 10.0.0.2;
        route 10.1.0.0/16 {
            next-hop [ 10.0.0.2 10.0.0.3 ];
            preference 10;
        }
        route 10.2.0.0/16 discard;
    }
}
`

describe('text', () => {
  test('is written as it was read', () => {
    const loaded = loadText(emptyRoot, sample)
    expect(loaded.errors).toEqual([])
    expect(formatText(loaded.root)).toBe(sample.slice(sample.indexOf('version')))
  })

  test('comments, layout and one-line levels are free', () => {
    const loaded = loadText(
      emptyRoot,
      '/* a */system{host-name r1;# b\nservices{ssh{root-login allow;}}}interfaces lo0 unit 0 family inet address 10.0.0.1/32;',
    )
    expect(loaded.errors).toEqual([])
    expect(formatSet(loaded.root)).toEqual([
      'set system host-name r1',
      'set system services ssh root-login allow',
      'annotate system a',
      'set interfaces lo0 unit 0 family inet address 10.0.0.1/32',
    ])
  })

  test('tags replace and delete when they are obeyed', () => {
    const base = config(
      'system host-name a',
      'interfaces lo0 unit 0',
      'interfaces em0 mtu 1500',
      'interfaces em0 disable',
    )
    const loaded = loadText(base, 'interfaces { delete: lo0; replace: em0 { mtu 9000; } }', { tags: true })
    expect(loaded.errors).toEqual([])
    expect(formatSet(loaded.root)).toEqual(['set system host-name a', 'set interfaces em0 mtu 9000'])
  })

  test('an empty container is remarked on and left out', () => {
    const loaded = loadText(emptyRoot, 'system { login { } }')
    expect(loaded.errors).toEqual([])
    expect(loaded.warnings[0]).toEqual({
      level: '[edit system]',
      statement: 'login',
      message: 'statement has no contents; ignored',
    })
    expect(loaded.root.children.size).toBe(0)
  })
})

describe('errors', () => {
  test('of text, as recorded', () => {
    const loaded = loadText(
      emptyRoot,
      'system {\n    services {\n        ssh {\n            metric 65450;\n        }\n    }\n}\n',
    )
    expect(loaded.errors.flatMap(error => formatLoadError('terminal', error))).toEqual([
      'terminal:4:(18) syntax error: metric',
      '  [edit system services ssh]',
      "    'metric 65450;'",
      '      syntax error',
    ])
    expect(formatSet(loaded.root)).toEqual(['set system services ssh'])
  })

  test('of set lines, as recorded', () => {
    const loaded = loadSet(emptyRoot, 'set system host-name a\nset system services ssh topology x\n')
    expect(loaded.errors.flatMap(error => formatLoadError('terminal', error))).toEqual([
      'terminal:2:(24) syntax error: topology',
    ])
  })

  test.each([
    ['a block without end', 'system { host-name a;', "missing '}' at end of file"],
    ['one end too many', 'system { } }', 'syntax error'],
    ['a string without end', 'system { host-name "a; }', 'unterminated string'],
    ['a comment without end', 'system { /* host-name a; }', 'unterminated comment'],
    ['an unknown level', 'nonsense { a { b; } }', 'syntax error'],
    ['a value out of range', 'interfaces { lo0 { mtu 70000; } }', 'Value 70000 is not within range (256..9192)'],
  ])('%s', (_, text, message) => {
    const { errors } = loadText(emptyRoot, text)
    expect(errors.map(error => error.message)).toContain(message)
  })

  test('are counted without end but kept to a number', () => {
    const loaded = loadText(emptyRoot, 'bogus;\n'.repeat(1000))
    expect(loaded.errorCount).toBe(1000)
    expect(loaded.errors.length).toBe(keptErrors)
  })

  test('lines and sets without end are refused', () => {
    const words = loadSet(emptyRoot, `set system login class c permissions [ ${'view '.repeat(200_000)}]`)
    expect(words.errors[0]?.message).toBe('too many words in one line')
    const values = loadText(emptyRoot, `system { login { class c { permissions [ ${'view '.repeat(100_000)}]; } } }`)
    expect(values.errors[0]?.message).toBe('too many values in one set')
    const flags = loadText(emptyRoot, `interfaces { lo0 ${'disable '.repeat(2000)}; }`)
    expect(flags.errorCount).toBe(1)
  })

  test('nesting without end is read in one pass', () => {
    for (const text of [
      '{'.repeat(500_000),
      'system { '.repeat(200_000),
      'a { '.repeat(200_000),
      '}'.repeat(500_000),
      '['.repeat(500_000),
    ]) {
      expect(loadText(emptyRoot, text).errorCount).toBeGreaterThan(0)
    }
  })
})

describe('mangled input', () => {
  const mangled = fc
    .tuple(
      configuration.map(formatText),
      fc.array(fc.tuple(fc.nat(), fc.constantFrom('{', '}', ';', '"', '[', ']', '\\', '#', '/*', '\n', ' ', 'x')), {
        maxLength: 8,
      }),
    )
    .map(([text, edits]) =>
      edits.reduce((all, [at, piece]) => {
        const i = at % (all.length + 1)
        return all.slice(0, i) + piece + all.slice(i + (at % 3))
      }, text),
    )

  test('never throws, errors name a place, and what was understood is a sound configuration', () => {
    fc.assert(
      fc.property(fc.oneof(mangled, fc.string({ unit: 'binary' })), text => {
        for (const loaded of [loadText(emptyRoot, text), loadSet(emptyRoot, text)]) {
          for (const error of loaded.errors) {
            expect(error.line).toBeGreaterThan(0)
            expect(error.line).toBeLessThanOrEqual(text.split('\n').length)
            expect(error.column).toBeGreaterThanOrEqual(0)
          }
          const written = formatText(loaded.root)
          expect(formatText(loadText(emptyRoot, written).root)).toBe(written)
        }
      }),
      { numRuns: 500 },
    )
  })
})

test('the format of a file is told by its first word', () => {
  expect(detectFormat('# comment\nset system host-name a')).toBe('set')
  expect(detectFormat('/* c */ system { }')).toBe('text')
  expect(detectFormat('')).toBe('text')
})
