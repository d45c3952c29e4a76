import { routes } from './routes/index.ts'

export type Language = 'en' | 'zh'

interface Texts {
  what: string
  calls: string
  try: string
  trySandbox: string
  keysTitle: string
  keys: string
  reference: string
  console: string
  docs: string
}

const texts: Record<Language, Texts> = {
  en: {
    what: "Huawei Cloud's compute behind plain REST calls: the caller's keys in, a fixed envelope out.",
    calls: 'Calls',
    try: 'For example:',
    trySandbox: 'Try it with the sandbox keys, which need no account and touch nothing real:',
    keysTitle: 'Where keys belong',
    keys: 'Send them as the headers X-Access-Key and X-Secret-Key. URLs are kept by shells, proxies, browsers and logs; a key in one is best taken out of use.',
    reference: 'Every call, to read and try',
    console: 'The console, for browsers',
    docs: 'More stands in README.md and docs/ of the package.',
  },
  zh: {
    what: '用普通的 REST 调用使用华为云计算服务：密钥由调用方提供，应答采用固定格式。',
    calls: '接口',
    try: '例如：',
    trySandbox: '使用沙箱密钥即可试用，无需账号，也不会影响真实资源：',
    keysTitle: '密钥应放在哪里',
    keys: '请使用请求头 X-Access-Key 与 X-Secret-Key。URL 会留在命令历史、代理、浏览器和日志中；出现在 URL 里的密钥最好停用更换。',
    reference: '全部接口的说明与试用',
    console: '控制台（浏览器）',
    docs: '更多内容见软件包中的 README.md 与 docs/ 目录。',
  },
}

export interface Welcome {
  version: string
  /** The sandbox keys, where there is one. */
  sandbox?: { accessKey: string; secretKey: string } | undefined
  /** The scheme, name and port this page was asked at; the guard has let the name pass. */
  base: string
  hasConsole: boolean
}

const CALLS = [...routes, { method: 'ANY', path: '/api/raw/{service}/{path}' }]
  .map(({ method, path }) => `${method.padEnd(6)} ${path}`)
  .join('\n')

const example = ({ base, sandbox }: Welcome) => {
  const { accessKey: access, secretKey: secret } = sandbox ?? {
    accessKey: 'YOUR_ACCESS_KEY',
    secretKey: 'YOUR_SECRET_KEY',
  }
  return `curl -H 'X-Access-Key: ${access}' \\
     -H 'X-Secret-Key: ${secret}' \\
     '${base}/api/instances?regionId=cn-east-2'`
}

export function welcomeText(language: Language, welcome: Welcome): string {
  const t = texts[language]
  return [
    `huawei-cloud-api ${welcome.version}`,
    t.what,
    `${t.calls}:\n\n${CALLS}`,
    [
      `${t.reference}: ${welcome.base}/docs (OpenAPI: ${welcome.base}/openapi.json)`,
      ...(welcome.hasConsole ? [`${t.console}: ${welcome.base}/console/`] : []),
    ].join('\n'),
    `${welcome.sandbox ? t.trySandbox : t.try}\n\n${example(welcome)}`,
    `${t.keysTitle}: ${t.keys}`,
    `${t.docs}\n`,
  ].join('\n\n')
}

export function welcomeHtml(language: Language, welcome: Welcome): string {
  const t = texts[language]
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>huawei-cloud-api</title>
<link rel="stylesheet" href="/welcome.css">
<main>
<h1>huawei-cloud-api <small>${welcome.version}</small></h1>
<p>${t.what}</p>
<h2>${t.calls}</h2>
<pre>${CALLS}</pre>
<p><a href="/docs">${t.reference}</a> (<a href="/openapi.json">OpenAPI</a>)</p>
${welcome.hasConsole ? `<p><a href="/console/">${t.console}</a></p>\n` : ''}<p>${welcome.sandbox ? t.trySandbox : t.try}</p>
<pre>${example(welcome)}</pre>
<h2 id="keys">${t.keysTitle}</h2>
<p>${t.keys}</p>
<p>${t.docs}</p>
</main>
</html>
`
}

export const welcomeCss = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
main { max-width: 44rem; margin: 3rem auto; padding: 0 1rem }
h1 small { font-size: .5em; opacity: .6 }
pre { overflow-x: auto; padding: 1rem; border: 1px solid #8884; border-radius: .5rem }
`
