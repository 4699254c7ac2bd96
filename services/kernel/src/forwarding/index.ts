export { programFault } from './check-program.ts'
export { Forwarding } from './forwarding.ts'
export { ProgramOrder } from './program-order.ts'
