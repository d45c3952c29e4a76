interface Policies {
  createPolicy(name: string, rules: { createHTML(text: string): string | null }): unknown
}

/**
 * Mantine writes its style sheets through `innerHTML`, which the page's policy lets only a trusted-types policy do.
 * Style sheets hold no `<`, and nothing else is let through.
 */
export function allowStyleSheets(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: Policies }
  trustedTypes?.createPolicy('default', { createHTML: (text) => (text.includes('<') ? null : text) })
}
