import { Writable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { gathered, sinkToFile, sinkToStream } from './log-sink.ts'

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

describe('lines of one turn', () => {
  function gathering(write: (bytes: Buffer) => number) {
    let atExit = () => {}
    const sink = gathered(sinkToFile(write), (put) => {
      atExit = put
    })
    return { sink, exit: () => atExit() }
  }
  const recording = () => {
    const writes: string[] = []
    return { writes, write: (bytes: Buffer) => writes.push(String(bytes)) && bytes.length }
  }

  test('go out together when it is over, and in their order', async () => {
    const { writes, write } = recording()
    const { sink } = gathering(write)
    for (const line of ['one\n', 'two\n']) sink.write(line)
    expect(writes).toEqual([])
    await new Promise(setImmediate)
    expect(writes).toEqual(['one\ntwo\n'])
    sink.write('three\n')
    await new Promise(setImmediate)
    expect(writes).toEqual(['one\ntwo\n', 'three\n'])
  })

  test('go out before it is over where they are many, where all is to be written, and at the exit', async () => {
    const { writes, write } = recording()
    const { sink, exit } = gathering(write)
    const line = `${'x'.repeat(1_023)}\n`
    for (let n = 0; n < 65; n += 1) sink.write(line)
    expect(writes).toEqual([line.repeat(65)])
    sink.write('flushed\n')
    await sink.flush()
    sink.write('at the exit\n')
    exit()
    exit()
    expect(writes.slice(1)).toEqual(['flushed\n', 'at the exit\n'])
    await new Promise(setImmediate)
    expect(writes).toHaveLength(3)
  })

  test('are counted each that is missing, and none that is there', async () => {
    let room = 'one\ntw'.length
    let disk = ''
    const { sink } = gathering((bytes) => {
      if (room === 0) throw new Error('ENOSPC')
      const taken = bytes.subarray(0, room)
      room -= taken.length
      disk += taken
      return taken.length
    })
    for (const line of ['one\n', 'two\n', 'three\n']) sink.write(line)
    await sink.flush()
    expect([disk, sink.dropped()]).toEqual(['one\ntw', 2])
    for (const line of ['four\n', 'five\n']) sink.write(line)
    await sink.flush()
    expect(sink.dropped()).toBe(4)
    room = 1_000
    sink.write('six\n')
    await sink.flush()
    const [one, cut, note, six] = disk.split('\n')
    expect([one, cut, six, sink.dropped()]).toEqual(['one', 'tw', 'six', 4])
    expect(JSON.parse(note ?? '')).toMatchObject({ dropped: 4 })
  })
})
