import type { Language } from './welcome.ts'

interface Texts {
  title: string
  document: string
  start: string
  sandbox: string
  own: string
  missing: string
}

const texts: Record<Language, Texts> = {
  en: {
    title: 'API reference',
    document: 'OpenAPI document',
    start: 'Start page',
    sandbox:
      'The sandbox keys are filled in: open a call, choose “Execute”, and a Huawei Cloud on this machine answers. Nothing real is touched.',
    own: 'Choose “Authorize” to put in your keys. They go out as headers of the calls you try, and are forgotten with this page.',
    missing:
      'The viewer is not installed here: it comes with the development packages, which were left out. The same document is at',
  },
  zh: {
    title: '接口参考',
    document: 'OpenAPI 文档',
    start: '首页',
    sandbox: '沙箱密钥已填好：展开任一接口并点击“Execute”，由本机上的华为云沙箱应答，不会影响真实资源。',
    own: '点击“Authorize”填入密钥。密钥只作为请求头发送，关闭页面即被忘记。',
    missing: '此处没有安装文档查看器：它属于开发依赖，安装时被省略。同一份文档见',
  },
}

export interface DocsPage {
  version: string
  language: Language
  /** The sandbox keys, where there is one: they are no secret. */
  sandbox?: { accessKey: string; secretKey: string } | undefined
  hasViewer: boolean
}

export function docsHtml({ version, language, sandbox, hasViewer }: DocsPage): string {
  const t = texts[language]
  const keys = sandbox ? ` data-access-key="${sandbox.accessKey}" data-secret-key="${sandbox.secretKey}"` : ''
  const viewer = `<p class="hint">${sandbox ? t.sandbox : t.own}</p>
<div id="viewer"${keys}></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>`
  const missing = `<p class="hint">${t.missing} <a href="/openapi.json">/openapi.json</a>.</p>`
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>huawei-cloud-api: ${t.title}</title>
<link rel="icon" href="data:,">
${hasViewer ? '<link rel="stylesheet" href="/docs/swagger-ui.css">\n' : ''}<link rel="stylesheet" href="/docs/page.css">
<header>
<h1>huawei-cloud-api <small>${version}</small></h1>
<nav><a href="/">${t.start}</a> <a href="/openapi.json">${t.document}</a></nav>
</header>
${hasViewer ? viewer : missing}
</html>
`
}

/** Keys are kept in the page's memory only (`persistAuthorization` is off), and go out as headers. */
export const docsScript = `'use strict'
const dark = matchMedia('(prefers-color-scheme: dark)')
const shade = () => document.documentElement.classList.toggle('dark-mode', dark.matches)
dark.addEventListener('change', shade)
shade()

const { accessKey, secretKey } = document.getElementById('viewer').dataset
const viewer = SwaggerUIBundle({
  dom_id: '#viewer',
  url: '/openapi.json',
  validatorUrl: null,
  deepLinking: true,
  tryItOutEnabled: true,
  persistAuthorization: false,
  displayRequestDuration: true,
  defaultModelsExpandDepth: -1,
  defaultModelRendering: 'model',
  docExpansion: 'list',
  filter: true,
  // The rest of a raw path holds slashes and braces of its own.
  requestInterceptor(request) {
    request.url = request.url.replace(/\\/api\\/raw\\/[^?]*/, decodeURIComponent)
    return request
  },
  onComplete() {
    if (!accessKey) return
    viewer.preauthorizeApiKey('accessKey', accessKey)
    viewer.preauthorizeApiKey('secretKey', secretKey)
  },
})
`

export const docsCss = `:root { color-scheme: light dark }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif }
header, .hint { max-width: 1460px; margin: 0 auto; padding: 0 20px; box-sizing: border-box }
header { display: flex; flex-wrap: wrap; gap: 0 1rem; align-items: baseline; padding-top: 1.25rem }
h1 { margin: 0; font-size: 1.5rem }
h1 small { font-size: .6em; font-weight: normal; opacity: .6 }
nav { margin-left: auto }
nav a { margin-left: 1rem }
a { color: #2563a8 }
.hint { padding-top: .5rem; opacity: .85 }
.swagger-ui .info { margin: 1rem 0 }
.swagger-ui .info hgroup.main, .swagger-ui .info .main, .swagger-ui .info .link { display: none }
.swagger-ui .scheme-container { padding: .75rem 0; box-shadow: none; border: solid #8884; border-width: 1px 0 }
.swagger-ui .servers, .swagger-ui .servers-title { display: none }
html.dark-mode body { background: #1c2022; color: #e4e6e6 }
html.dark-mode a { color: #7ab8f5 }
`
