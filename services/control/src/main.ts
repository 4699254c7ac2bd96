import { runDaemon } from '@hangar/daemon'
import { control } from './daemon.ts'

await runDaemon(control, { port: Number(process.env.HANGAR_CONTROL_PORT ?? 32766) })
