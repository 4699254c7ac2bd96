import { runDaemon } from '@hangar/daemon'
import { kernel } from './daemon.ts'

await runDaemon(kernel)
