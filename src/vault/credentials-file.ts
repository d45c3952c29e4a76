import { readFileSync, statSync } from 'node:fs'
import { checked, type Found } from './keys.ts'

type Sections = ReadonlyMap<string, ReadonlyMap<string, string>>

/** A file of keys is short; whatever is not is no such file. */
const LONGEST = 256 * 1024

/**
 * The official SDKs' file: one profile a section, with `ak`, `sk`, `project_id`, `security_token`. Read again
 * whenever it has changed, so that keys are replaced without a restart.
 */
export function credentialsFile(file: string | undefined): (section: string) => Found {
  let read: { stamp: string; sections: Sections } | undefined
  return (section) => {
    if (file === undefined) return { missing: 'no credentials file, as there is no home folder' }
    try {
      const { mtimeMs, ctimeMs, size, ino } = statSync(file)
      if (size > LONGEST) return { missing: `${file}: too long for a credentials file` }
      const stamp = [mtimeMs, ctimeMs, size, ino].join(' ')
      if (read?.stamp !== stamp) read = { stamp, sections: readSections(readFileSync(file, 'utf8')) }
    } catch (error) {
      read = undefined
      const code = Reflect.get(Object(error), 'code')
      return { missing: code === 'ENOENT' ? `${file}: no such file` : `${file}: cannot be read (${code})` }
    }
    const values = read.sections.get(section)
    if (!values) return { missing: `${file}: no section [${section}]` }
    return checked(
      {
        accessKey: values.get('ak'),
        secretKey: values.get('sk'),
        securityToken: values.get('security_token'),
        projectId: values.get('project_id'),
      },
      `${file} [${section}]`,
      ['ak', 'sk'],
    )
  }
}

/** Of a name given twice the later counts, as for the official SDKs' readers. */
export function readSections(text: string): Sections {
  const sections = new Map<string, Map<string, string>>()
  let current: Map<string, string> | undefined
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const [, section] = /^\s*\[([^\]]*)\]\s*(?:[#;].*)?$/.exec(line) ?? []
    const [, name, value] = /^\s*([^#;=:\s][^=:]*?)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? []
    if (section !== undefined) {
      current = sections.get(section.trim()) ?? new Map()
      sections.set(section.trim(), current)
    } else if (name !== undefined && value !== undefined) {
      current?.set(name.toLowerCase(), value)
    }
  }
  return sections
}
