import { expect, test } from 'vitest'
import { eventCases } from './interface-events.cases.ts'
import { InterfaceTable } from './interface-table.ts'
import { createPorts } from './port.ts'
import { describeEvent } from './testing/describe-event.ts'

test.each(eventCases)('$title', ({ before = [], step, events }) => {
  const table = new InterfaceTable(createPorts(), () => 1_000)
  for (const wish of before) table.configure(wish)
  const change = 'carrier' in step ? table.setCarrier(step.carrier, step.up) : table.configure(step)
  expect(change!.events.map(describeEvent)).toEqual(events)
})
