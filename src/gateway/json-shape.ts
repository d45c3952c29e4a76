export interface Shape {
  /** Levels of nesting. */
  depth: number
  /** In all objects together. */
  keys: number
}

/** Brackets and colons outside of texts, counted without parsing: that is for what a parser must be kept from. */
export function shapeOf(text: string): Shape {
  let open = 0
  let depth = 0
  let keys = 0
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at)
    if (sign === QUOTE) at = endOfText(text, at)
    else if (sign === COLON) keys += 1
    else if (sign === OPEN_BRACE || sign === OPEN_BRACKET) depth = Math.max(depth, ++open)
    else if (sign === CLOSE_BRACE || sign === CLOSE_BRACKET) open -= 1
  }
  return { depth, keys }
}

/** What no reader agrees on with another, or that changes by being read; in a text that is known to be JSON. */
export type Fault = 'repeated-key' | 'half-character' | 'too-large' | 'becomes-zero'

export interface FaultAt {
  fault: Fault
  /** Character, counted from 0. */
  at: number
}

/** The first such fault. */
export function faultIn(text: string): FaultAt | undefined {
  /** The keys of the objects that are open; a list has none. */
  const open: (Set<string> | undefined)[] = []
  let isKey = false
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at)
    if (sign === OPEN_BRACE || sign === OPEN_BRACKET) {
      isKey = sign === OPEN_BRACE
      open.push(isKey ? new Set() : undefined)
    } else if (sign === CLOSE_BRACE || sign === CLOSE_BRACKET) open.pop()
    else if (sign === COMMA) isKey = open.at(-1) !== undefined
    else if (sign === QUOTE) {
      const end = endOfText(text, at)
      const written = text.slice(at, end + 1)
      const value: string = written.includes('\\') ? JSON.parse(written) : written
      if (!value.isWellFormed()) return { fault: 'half-character', at }
      if (isKey) {
        const key = value === written ? written.slice(1, -1) : value
        const keys = open.at(-1)
        if (keys?.has(key)) return { fault: 'repeated-key', at }
        keys?.add(key)
        isKey = false
      }
      at = end
    } else if (sign === MINUS || (sign >= ZERO && sign <= NINE)) {
      const [written = ''] = numberAt(text, at)
      const fault = faultOfNumber(written)
      if (fault) return { fault, at }
      at += written.length - 1
    }
  }
  return undefined
}

const NUMBER = /[-+.\deE]+/y

function numberAt(text: string, at: number): readonly string[] {
  NUMBER.lastIndex = at
  return NUMBER.exec(text) ?? []
}

/** Read and written again it would be another number. */
function faultOfNumber(written: string): Fault | undefined {
  const value = Number(written)
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) return 'too-large'
  return value === 0 && !/^0(?:\.0*)?(?:e[-+]?\d+)?$/i.test(written) ? 'becomes-zero' : undefined
}

/** Where the text that begins here ends, at its second quote. */
function endOfText(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1
  return at
}

const [QUOTE, BACKSLASH, COLON, COMMA] = [0x22, 0x5c, 0x3a, 0x2c]
const [MINUS, ZERO, NINE] = [0x2d, 0x30, 0x39]
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d]
