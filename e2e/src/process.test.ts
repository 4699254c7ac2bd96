import { suite } from './suite.ts'
import { startProcess } from './ways/process.ts'

suite('hangar up', startProcess)
