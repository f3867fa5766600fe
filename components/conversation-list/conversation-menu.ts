import type { Conversation } from '../../src/core/conversation.js'
import type { IMKit } from '../../src/kit/kit.js'
import { DisabledConversationContextMenu } from '../../src/kit/menu-items.js'
import { NotificationStatus } from '../../src/model/conversation.js'
import type { MenuItem } from '../im-menu/im-menu.js'
import { bellIcon, bellOffIcon, pinIcon, pinOffIcon, trashIcon } from '../internal/icons.js'

/** A line the host adds to the menu of conversations. */
export interface CustomConversationMenuItem {
  /** What the line says; nothing hides it for this conversation. */
  name(conversation: Conversation): string | null | undefined
  callback(conversation: Conversation): unknown
}

export interface ConversationMenuOptions {
  kit: IMKit
  conversation: Conversation
  customMenu: readonly CustomConversationMenuItem[]
  disableMenu: readonly DisabledConversationContextMenu[]
  /** Called with the conversation after it was pinned, unpinned, muted or unmuted. */
  onUpdated(updated: Conversation): void
}

/** The menu of one conversation as it is now. */
export function conversationMenu(options: ConversationMenuOptions): MenuItem[] {
  const isShown = (item: DisabledConversationContextMenu) => !options.disableMenu.includes(item)
  return [
    ...(isShown(DisabledConversationContextMenu.Top) ? [pinItem(options)] : []),
    ...(isShown(DisabledConversationContextMenu.Notification) ? [muteItem(options)] : []),
    ...customItems(options),
    ...(isShown(DisabledConversationContextMenu.Delete) ? [deleteItem(options)] : []),
  ]
}

function pinItem({ kit, conversation, onUpdated }: ConversationMenuOptions): MenuItem {
  const { pin, unpin } = kit.words.value
  const { isTop } = conversation
  return {
    id: 'pin',
    label: isTop ? unpin : pin,
    icon: isTop ? pinOffIcon : pinIcon,
    select: () =>
      act(kit, 'pin', async () => {
        await kit.setTop(conversation, !isTop)
        onUpdated(await current(kit, conversation))
      }),
  }
}

function muteItem({ kit, conversation, onUpdated }: ConversationMenuOptions): MenuItem {
  const { mute, unmute } = kit.words.value
  const isMuted = conversation.notificationStatus === NotificationStatus.OPEN
  return {
    id: 'mute',
    label: isMuted ? unmute : mute,
    icon: isMuted ? bellIcon : bellOffIcon,
    select: () =>
      act(kit, 'mute', async () => {
        await kit.setMuted(conversation, !isMuted)
        onUpdated(await current(kit, conversation))
      }),
  }
}

function deleteItem({ kit, conversation }: ConversationMenuOptions): MenuItem {
  return {
    id: 'delete',
    label: kit.words.value.deleteConversation,
    icon: trashIcon,
    isDanger: true,
    isSeparated: true,
    select: () => act(kit, 'delete', () => kit.removeConversation(conversation)),
  }
}

function customItems({ kit, conversation, customMenu }: ConversationMenuOptions): MenuItem[] {
  return customMenu.flatMap((item, index) => {
    const label = customLabel(kit, item, conversation)
    if (!label) return []
    const select = () =>
      act(kit, `customMenu[${index}].callback`, async () => item.callback(conversation))
    return [{ id: `custom-${index}`, label, select, isSeparated: index === 0 }]
  })
}

function customLabel(
  kit: IMKit,
  item: CustomConversationMenuItem,
  conversation: Conversation,
): string | undefined {
  try {
    const name: unknown = item.name(conversation)
    return name == null || name === '' ? undefined : String(name)
  } catch (error) {
    kit.report(error, 'the name of an item of customMenu of <conversation-list>')
    return undefined
  }
}

async function current(kit: IMKit, conversation: Conversation): Promise<Conversation> {
  return (await kit.getConversation(conversation))?.conversation ?? conversation
}

/** What fails is told to the host; the list shows what is the case anyway. */
function act(kit: IMKit, what: string, action: () => Promise<unknown>): void {
  action().catch((error: unknown) => kit.report(error, `${what} of <conversation-list>`))
}
