/** What the host of the pages knows: who its users are, and, for all tabs, its groups. */

export const userIds = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank', 'grace']

export function nameOf(userId: string): string {
  return userId.charAt(0).toUpperCase() + userId.slice(1)
}

export interface HostGroup {
  name: string
  memberIds: string[]
}

const key = (groupId: string): string => `group/${groupId}`

export const groups = {
  get(groupId: string): HostGroup | undefined {
    const stored = localStorage.getItem(key(groupId))
    return stored === null ? undefined : (JSON.parse(stored) as HostGroup)
  },

  set(groupId: string, group: HostGroup): void {
    localStorage.setItem(key(groupId), JSON.stringify(group))
  },
}
