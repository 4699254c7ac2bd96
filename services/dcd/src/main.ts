import { runDaemon } from '@hangar/daemon'
import { dcd } from './daemon.ts'

await runDaemon(dcd)
