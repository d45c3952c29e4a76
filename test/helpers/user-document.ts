import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { root, start } from './program.ts'

export interface Documented {
  title: string
  /** The line as it stands, placeholders and all. */
  curl: string
  region: string
  /** With `…` where the document leaves list items out. */
  answer?: unknown
}

/** The document our user gave us: nine calls, each with its curl line, some with an answer. */
export const documentedCalls: Documented[] = readFileSync(
  join(root, 'test/fixtures/user-document.md'),
  'utf8',
)
  .split(/^## /m)
  .filter((section) => section.includes('curl --location'))
  .map((section) => {
    const [, block = ''] = /```(?:shell)?\n([\s\S]*?)```/.exec(section) ?? []
    const [curl = '', answer] = block.split('The response should like')
    return {
      title: section.split('\n')[0] ?? '',
      curl: curl.trim(),
      region: /"?region(?:Id)?"?[=:] ?"?([a-z0-9-]+)/.exec(curl)?.[1] ?? '',
      ...(answer ? { answer: JSON.parse(answer.replace(/^\s*\.\.\.\s*$/gm, '"…",')) } : {}),
    }
  })

export interface Fillings {
  accessKey: string
  secretKey: string
  projectId: string
  vpcId: string
  subnetId: string
}

export function filled(curl: string, { accessKey, secretKey, projectId, vpcId, subnetId }: Fillings): string {
  const words: Record<string, string> = {
    yourHuaweiAccessKey: accessKey,
    yourHuaweiSecretKey: secretKey,
    yourSecretId: accessKey,
    yourSecretKey: secretKey,
    yourProjectId: projectId,
    yourVpcId: vpcId,
    yourSubnetId: subnetId,
  }
  return curl.replace(
    /\{\{(\w+)\}\}/g,
    (_, name: string) => words[name] ?? expect.fail(`nothing to fill ${name} with`),
  )
}

export interface CurlAnswer {
  status: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of many shapes
  json: any
}

/** Runs a curl line as a person would, in a shell. */
export async function runCurl(line: string): Promise<CurlAnswer> {
  const { stdout, stderr } = await start('bash', [
    '-c',
    line.replace(/^curl /, "curl -sS -w '\\n%{http_code}' "),
  ]).ended
  expect(stderr).toBe('')
  const at = stdout.lastIndexOf('\n')
  return { status: stdout.slice(at + 1), json: JSON.parse(stdout.slice(0, at)) }
}

/** Whether an answer is as documented: fields may be more, `""` counts as null, `…` stands for any items. */
export function expectAsDocumented(shown: unknown, got: unknown): void {
  if (Array.isArray(shown) && Array.isArray(got)) {
    const gap = shown.indexOf('…')
    if (gap < 0) expect(got).toHaveLength(shown.length)
    const tail = gap < 0 ? [] : shown.slice(gap + 1)
    const head = gap < 0 ? shown : shown.slice(0, gap)
    for (const [index, item] of head.entries()) expectAsDocumented(item, got[index])
    for (const [index, item] of tail.entries())
      expectAsDocumented(item, got[got.length - tail.length + index])
  } else if (typeof shown === 'object' && shown !== null) {
    expect(got).toBeTypeOf('object')
    for (const [name, value] of Object.entries(shown))
      expectAsDocumented(value, Reflect.get(got as object, name))
  } else {
    expect(orNull(got)).toEqual(orNull(shown))
  }
}

const orNull = (value: unknown) => (value === '' ? null : value)
