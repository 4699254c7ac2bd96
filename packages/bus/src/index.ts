export type { Bus, EventGap, EventOrigin, MemberListener, Publisher } from './bus.ts'
