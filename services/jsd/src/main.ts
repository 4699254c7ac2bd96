import { runDaemon } from '@hangar/daemon'
import { jsd } from './daemon.ts'

const { HANGAR_GRPC_PORT: port } = process.env
await runDaemon(jsd, port ? { port: Number(port) } : {})
