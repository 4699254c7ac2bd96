import { runDaemon } from '@hangar/daemon'
import { mgd } from './daemon.ts'
import { optionsFromEnvironment } from './environment.ts'

await runDaemon(mgd, await optionsFromEnvironment(process.env))
