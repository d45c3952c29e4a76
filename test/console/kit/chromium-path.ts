import { existsSync } from 'node:fs'

export const CHROMIUM = '/usr/bin/chromium'
export const isChromiumThere: boolean = existsSync(CHROMIUM)
