import { readFileSync } from 'node:fs'
import { CODES } from './exit-codes.ts'
import type { House } from './house.ts'
import { Stop } from './stop.ts'

/** Fails with {@link Stop}. */
export function textInFile(file: string, { text }: House): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new Stop(CODES.usage, text.file.unreadable(file, String(Reflect.get(Object(error), 'code'))))
  }
}

/** The same; `-` is stdin. */
export const textInFileOrInput = async (file: string, house: House): Promise<string> =>
  file === '-' ? house.terminal.input() : textInFile(file, house)
