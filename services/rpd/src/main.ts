import { runDaemon } from '@hangar/daemon'
import { rpd } from './daemon.ts'

await runDaemon(rpd)
