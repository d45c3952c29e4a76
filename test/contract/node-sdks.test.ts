import { describe } from 'vitest'
import { judgeTables } from './tables.ts'

describe('Huawei’s SDKs for Node', () => judgeTables('node'))
