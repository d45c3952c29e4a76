import { Writable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { sinkToFile, sinkToStream } from './log-sink.ts'

describe('F-52: a pipe', () => {
  /** A reader that takes nothing until it is let. */
  function stuck() {
    const got: string[] = []
    let go: (() => void) | undefined
    let isStuck = true
    const stream = new Writable({
      write(chunk, _, done) {
        got.push(String(chunk))
        if (isStuck) go = done
        else done()
      },
    })
    const read = () => {
      isStuck = false
      go?.()
    }
    return { stream, got, read }
  }

  test('that nobody reads holds so much and no more; then it is told how much is missing', async () => {
    const { stream, got, read } = stuck()
    const sink = sinkToStream(stream, { most: 10 })
    for (const line of ['12345\n', '678\n', 'too long\n', 'again too long\n']) sink.write(line)
    expect([got, sink.dropped(), stream.writableLength]).toEqual([['12345\n'], 2, 10])
    read()
    await sink.flush()
    sink.write('on\n')
    expect(got.slice(0, 2)).toEqual(['12345\n', '678\n'])
    expect(JSON.parse(got[2] ?? '')).toEqual({ level: 40, dropped: 2, msg: 'log lines were dropped' })
    expect(got[3]).toBe('on\n')
    sink.write('!\n')
    expect(got.slice(4)).toEqual(['!\n'])
  })

  test('that others write to as well gets a line at a time, however slow its reader', async () => {
    const writes: string[][] = []
    let go: (() => void) | undefined
    const stream = new Writable({
      write(chunk, _, done) {
        writes.push([String(chunk)])
        if (writes.length === 1) go = done
        else done()
      },
      writev(chunks, done) {
        writes.push(chunks.map(({ chunk }) => String(chunk)))
        done()
      },
    })
    const sink = sinkToStream(stream, { most: 30, isShared: true })
    for (const line of ['one\n', 'two\n', 'three\n', 'four\n', 'this is too much to hold\n']) sink.write(line)
    expect([writes, sink.dropped()]).toEqual([[['one\n']], 1])
    go?.()
    await sink.flush()
    expect(writes.filter(([text]) => text !== '')).toEqual([['one\n'], ['two\n'], ['three\n'], ['four\n']])
  })

  test('that nobody reads does not hold the exit', async () => {
    const { stream } = stuck()
    const sink = sinkToStream(stream)
    sink.write('lost\n')
    await sink.flush()
    expect(stream.writableLength).toBeGreaterThan(0)
  })

  test('whose reader has gone drops and counts', async () => {
    const stream = new Writable({ write: (_, __, done) => done(new Error('EPIPE')) })
    const sink = sinkToStream(stream)
    const gone = new Promise((resolve) => stream.once('error', resolve))
    sink.write('one\n')
    await gone
    sink.write('two\n')
    await sink.flush()
    expect(sink.dropped()).toBe(2)
  })
})

describe('F-52: a file', () => {
  test('on a full disk drops and counts, begins a line anew where one was cut, and tells how many are missing', () => {
    let room = 8
    let disk = ''
    const sink = sinkToFile((bytes) => {
      if (room === 0) throw new Error('ENOSPC')
      const taken = bytes.subarray(0, room)
      room -= taken.length
      disk += taken
      return taken.length
    })
    for (const line of ['first\n', 'second\n', 'third\n']) sink.write(line)
    expect([disk, sink.dropped()]).toEqual(['first\nse', 2])
    room = 1_000
    sink.write('fourth\n')
    const [one, cut, note, four] = disk.split('\n')
    expect([one, cut, four]).toEqual(['first', 'se', 'fourth'])
    expect(JSON.parse(note ?? '')).toMatchObject({ dropped: 2 })
    expect(sink.dropped()).toBe(2)
  })
})
