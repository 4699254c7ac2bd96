import { runDaemon } from '@hangar/daemon'
import { mqttd } from './daemon.ts'

const { HANGAR_PUBLISHER_HOST: publisherHost = '127.0.0.1', HANGAR_PUBLISHER_PORT: publisherPort } = process.env
await runDaemon(mqttd, { publisherHost, publisherPort: Number(publisherPort ?? 0) })
