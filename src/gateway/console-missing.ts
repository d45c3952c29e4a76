import type { Language } from './welcome.ts'

const texts: Record<Language, { title: string; what: string; how: string; start: string; docs: string }> = {
  en: {
    title: 'Console',
    what: 'The console is not built here.',
    how: 'Where the sources are, build it and start the server again:',
    start: 'Start page',
    docs: 'API reference',
  },
  zh: {
    title: '控制台',
    what: '此处尚未构建控制台。',
    how: '请在源码目录中构建控制台，然后重新启动服务：',
    start: '首页',
    docs: '接口参考',
  },
}

/** What stands at `/console` where it was not built. */
export function consoleMissingHtml(language: Language): string {
  const t = texts[language]
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>huawei-cloud-api: ${t.title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/welcome.css">
<main>
<h1>${t.title}</h1>
<p>${t.what} ${t.how}</p>
<pre>npm ci
npm run build</pre>
<p><a href="/welcome">${t.start}</a> · <a href="/docs">${t.docs}</a></p>
</main>
</html>
`
}
