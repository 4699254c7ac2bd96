import type { AttributeValues } from '../rib/attributes.ts'
import type { NextHop } from '../rib/next-hop.ts'
import { type TestAnswer, type TestRoute, writeApis } from './rib-writes.ts'
import { routeLines } from './route-lines.ts'
import { testRouting } from './routing.ts'

export const route = (to: TestRoute['to'], length: number, more: TestRoute = {}): TestRoute => ({ to, length, ...more })
/** A route that every test has a use for: 10.1.0.0/16. */
export const ten = route('10.1.0.0', 16, { via: ['10.0.0.2'] })
export const done = (completed: number): TestAnswer => ({ status: 'SUCCESS', completed })
export const refused = (status: string, completed = 0): TestAnswer => ({ status, completed })

/** A routing process with interfaces and an instance, and a generation's API to write its routes. */
export async function startWriting(generation: 'classic' | 'modern') {
  const world = await testRouting()
  world.address('xe-0/0/0.0', '10.0.0.1/24')
  world.address('xe-0/0/1.0', '2001:db8::1/64')
  world.links.down.add('xe-0/0/9.0')
  const { rib } = world.routing
  rib.addTable('red.inet.0', 'inet', 'red')
  await world.routing.committed()
  const programmed = (name: string) => {
    const table = rib.table(name)!
    return [...table.heads()]
      .filter(row => table.attributes(row).source.protocol === 'Static')
      .map(row => ({ values: table.attributes(row).values, nextHop: table.nextHop(row) }))
  }
  return {
    ...world,
    rib,
    api: writeApis[generation](world.routing),
    /** Programmed routes, a line each. */
    lines: (table = 'inet.0') => routeLines(rib, table).filter(line => line.includes('Static')),
    /** What the first programmed route of each destination carries, and where that of the first one leads. */
    attributes: (table = 'inet.0'): AttributeValues[] => programmed(table).map(({ values }) => values),
    nextHop: (table = 'inet.0'): NextHop => programmed(table)[0]!.nextHop,
  }
}

export type Writing = Awaited<ReturnType<typeof startWriting>>
