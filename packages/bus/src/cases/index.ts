import { callCases } from './calls.case.ts'
import { eventCases } from './events.case.ts'
import { flowCases } from './flow.case.ts'
import { lifeCases } from './life.case.ts'
import type { BackEnd } from './network.ts'
import { stateCases } from './state.case.ts'

/** Everything that a back-end promises. Each back-end's test file runs all of it. */
export function busCases(backEnd: BackEnd): void {
  callCases(backEnd)
  flowCases(backEnd)
  lifeCases(backEnd)
  eventCases(backEnd)
  stateCases(backEnd)
}
