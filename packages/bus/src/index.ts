export type { Bus, EventGap, EventOrigin, MemberListener, Publisher } from './bus.ts'
export { createMemoryHub, type MemoryHub } from './memory/hub.ts'
export type { BusOptions } from './options.ts'
