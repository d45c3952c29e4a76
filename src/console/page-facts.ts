/** What the server says of itself in the page that carries us. */
interface PageFacts {
  nonce: string
  version: string
  /** There where a sandbox is switched on; these keys are in the README, and no secret. */
  sandbox: { accessKey: string; secretKey: string } | undefined
}

export const pageFacts: PageFacts = readFacts()

function readFacts(): PageFacts {
  const meta = (name: string) => document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)
  const { version = '', sandboxAccessKey, sandboxSecretKey } = meta('hca')?.dataset ?? {}
  return {
    nonce: meta('csp-nonce')?.content ?? '',
    version,
    sandbox:
      sandboxAccessKey && sandboxSecretKey
        ? { accessKey: sandboxAccessKey, secretKey: sandboxSecretKey }
        : undefined,
  }
}
