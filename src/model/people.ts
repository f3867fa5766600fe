/** Users and groups: who is who. */

export interface UserProfile {
  id: string
  name?: string
  portraitUri?: string
  displayName?: string
}

export interface GroupInfo {
  groupId: string
  name: string
  portraitUri?: string
  ownerId: string
  memberCount: number
}

export type GroupRole = 'owner' | 'member'

export interface GroupMember {
  id: string
  role: GroupRole
  joinedTime: number
}

export function areUserIds(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((id) => typeof id === 'string' && id !== '')
}
