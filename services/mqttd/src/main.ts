import { runDaemon } from '@hangar/daemon'
import { mqttd } from './daemon.ts'

const { HANGAR_PUBLISHER_HOST: publisherHost = '127.0.0.1', HANGAR_PUBLISHER_PORT: publisherPort = 0 } = process.env
const { HANGAR_MQTT_PORT: port } = process.env
await runDaemon(mqttd, { publisherHost, publisherPort: Number(publisherPort), ...(port && { port: Number(port) }) })
