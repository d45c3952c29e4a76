import { type FileHandle, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AuditFileError, codeOf } from './audit-file-error.ts'

/** The one file, as far as the audit needs it. A disk that fails in a test has the same shape. */
export interface AppendFile {
  /** Bytes in it; undefined once it has been deleted. */
  size(): Promise<number | undefined>
  /** Writes at its end and tells how much went in, which is less than was given on a full disk. */
  append(bytes: Buffer): Promise<number>
  /** Returns when all that was appended is on the disk. */
  flush(): Promise<void>
  cutTo(size: number): Promise<void>
  read(position: number, length: number): Promise<Buffer>
  close(): Promise<void>
}

/** Opens the file, or makes it for nobody but us. */
export async function openAppendFile(name: string): Promise<AppendFile> {
  let handle: FileHandle | undefined
  try {
    handle = await open(name, 'a+', 0o600)
    if (!(await handle.stat()).isFile())
      throw new AuditFileError(`The audit file ${name} is no regular file.`)
    await keepName(name)
    return wrapped(handle)
  } catch (error) {
    await handle?.close()
    if (error instanceof AuditFileError) throw error
    throw new AuditFileError(`The audit file ${name} cannot be opened (${codeOf(error)}).`)
  }
}

const wrapped = (handle: FileHandle): AppendFile => ({
  async size() {
    const { nlink, size } = await handle.stat()
    return nlink === 0 ? undefined : size
  },
  append: async (bytes) => (await handle.write(bytes)).bytesWritten,
  flush: () => handle.datasync(),
  cutTo: (size) => handle.truncate(size),
  async read(position, length) {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position)
    return buffer.subarray(0, bytesRead)
  },
  close: () => handle.close(),
})

/** A new file's name is in its folder, which has a flush of its own; where there is none, it needs none. */
async function keepName(name: string): Promise<void> {
  const folder = await open(dirname(name), 'r').catch(() => undefined)
  await folder?.sync().catch(() => {})
  await folder?.close()
}
