import { containerCases } from './cases/containers.ts'
import { suite } from './suite.ts'
import { startCompose } from './ways/compose.ts'

suite('docker compose', startCompose, containerCases)
