export const RULES = ['length', 'kinds', 'allowed', 'name'] as const
export type Rule = (typeof RULES)[number]

const KINDS = [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z\d]/]

/** The rules of Huawei Cloud's create page that a password breaks. */
export function brokenRules(password: string): readonly Rule[] {
  const isKept: Record<Rule, boolean> = {
    length: password.length >= 8 && password.length <= 26,
    kinds: kindsIn(password) >= 3,
    allowed: /^[A-Za-z\d!@$%^_=+[{}\]:,./?-]*$/.test(password),
    name: !/root|toor|administrator|rotartsinimda/i.test(password),
  }
  return RULES.filter((rule) => !isKept[rule])
}

const kindsIn = (password: string) => KINDS.filter((kind) => kind.test(password)).length

/** 0 (does not do) to 3 (strong). */
export function strengthOf(password: string): 0 | 1 | 2 | 3 {
  if (brokenRules(password).length > 0) return 0
  const different = new Set(password).size
  if (password.length >= 14 && different >= 10 && kindsIn(password) === 4) return 3
  return password.length >= 11 && different >= 7 ? 2 : 1
}
