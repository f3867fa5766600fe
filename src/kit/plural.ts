/** Picks the form of a word that goes with a number. */

type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

/** `#` in a form stands for the number as the language writes it. */
export function pluralFor(locale: string): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(locale)
  const number = new Intl.NumberFormat(locale)
  return (count, forms) =>
    (forms[rules.select(count)] ?? forms.other).replaceAll('#', number.format(count))
}
