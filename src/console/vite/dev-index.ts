import type { Plugin } from 'vite'

/** Fills the places of index.html as the gateway does when it serves the page, with what a running one says of itself. */
export function devIndex(gateway: string): Plugin {
  return {
    name: 'console-dev-index',
    apply: 'serve',
    transformIndexHtml: {
      order: 'pre',
      async handler(html) {
        const values: Record<string, string> = { lang: 'en', ...(await welcomeOf(gateway)) }
        return html.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '')
      },
    },
  }
}

/** The welcome for curl names the version, and the sandbox keys where there is a sandbox. */
async function welcomeOf(gateway: string): Promise<Record<string, string>> {
  const text = await fetch(gateway).then(
    (answer) => answer.text(),
    () => '',
  )
  const [, version = 'dev'] = /^huawei-cloud-api (\S+)/.exec(text) ?? []
  const [, access = '', secret = ''] = /X-Access-Key: (\w+)'[^']+'X-Secret-Key: (\w+)'/.exec(text) ?? []
  if (access === 'YOUR_ACCESS_KEY') return { version }
  return { version, sandboxAccessKey: access, sandboxSecretKey: secret }
}
