import { expect, test } from 'vitest'
import { piecesOf, visibleText } from './visible-text.ts'

test('marks of direction and controls are shown by their names', () => {
  expect(piecesOf('web\u202Egpj.exe')).toEqual([
    { at: 0, text: 'web' },
    { at: 3, text: '\u202E', code: 'U+202E' },
    { at: 4, text: 'gpj.exe' },
  ])
  expect(piecesOf('\u0000')).toEqual([{ at: 0, text: '\u0000', code: 'U+0000' }])
})

test('other names stay in one piece', () => {
  for (const name of ['<b>web</b>', '云服务器-1', 'مرحبا', '👩‍💻'.replaceAll('\u200d', '')]) {
    expect(piecesOf(name)).toEqual([{ at: 0, text: name }])
  }
  expect(piecesOf('')).toEqual([])
})

test('where there is only text they are named in it', () => {
  expect(visibleText('web\u202Egpj.exe')).toBe('webU+202Egpj.exe')
})
