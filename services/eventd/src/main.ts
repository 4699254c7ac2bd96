import { runDaemon } from '@hangar/daemon'
import { eventd } from './daemon.ts'

await runDaemon(eventd)
