/** A control that ticks members of an enum, such as the built-in items of a menu. */
export function ticks(members: Readonly<Record<string, string | number>>) {
  const options = Object.values(members).filter((value) => typeof value === 'number')
  const labels = Object.fromEntries(options.map((value) => [value, members[value]]))
  return { control: { type: 'check', labels }, options } as const
}
