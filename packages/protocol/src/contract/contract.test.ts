import { describe, expect, it } from 'vitest'
import { readImage } from '../image.ts'
import { compare, unknownTo } from './compare.ts'
import { parts, readFacts } from './facts.ts'
import { schemaOf } from './schema.ts'

const image = readImage()

describe('the schema in proto/jet is the public contract', () => {
  it('agrees with every fact: 13299 checked, 0 differences', () => {
    const facts = parts.flatMap(part => Object.values(readFacts(part)))
    const { checked, differences } = compare(facts, schemaOf(image))
    expect(differences.slice(0, 50)).toEqual([])
    expect(`${checked} checked, ${differences.length} differences`).toBe('13299 checked, 0 differences')
  })

  it.each(parts)('has nothing that the %s facts do not know', part => {
    const facts = Object.values(readFacts(part))
    const packages = new Set(facts.map(file => file.package))
    expect(
      unknownTo(
        facts,
        schemaOf(image, name => packages.has(name)),
      ),
    ).toEqual([])
  })

  it.each(parts)('keeps the file names and packages of the %s contract, which decide the names of stubs', part => {
    for (const [name, facts] of Object.entries(readFacts(part)))
      expect(`${name} ${image.file.find(file => file.name === name)?.package}`).toBe(`${name} ${facts.package}`)
  })
})
