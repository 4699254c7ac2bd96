import { runDaemon } from '@hangar/daemon'
import { jsd } from './daemon.ts'

await runDaemon(jsd)
