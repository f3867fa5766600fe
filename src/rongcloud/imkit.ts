/**
 * `imkit/rongcloud/imkit`: stands in for `@rongcloud/imkit` 5.6.6. Its `core` is the page's `imkit`,
 * which talks through the same client as the calls of `imkit/rongcloud`.
 */
import { imkit, type IMKit } from '../kit/kit.js'
import type { IInitOption } from './lifecycle.js'
import { onPageClientEnd, startPageClient } from './page-client.js'
import { reportTo } from './reporting.js'

export const core = sharingClient(imkit)
export { core as imkit }

export { defineCustomElements } from './define-elements.js'
export { CoreEvent } from '../kit/core-events.js'
export { Languages } from '../kit/languages.js'
export {
  DisabledConversationContextMenu,
  DisabledConversationontextMenu,
  DisabledMessageContextMenu,
} from '../kit/menu-items.js'
export type {
  CustomDisplayMessage as ICustomDisplayMessageMap,
  CustomIntercept as ICustomConversationMap,
  CustomMessage as ICustomMessageMap,
} from '../kit/hooks.js'
export type { InitOptions as IKitInitOption } from '../kit/kit-options.js'
export type {
  ConversationProfile as IConversationProfile,
  Member as IGroupMember,
  Service as IService,
} from '../kit/service.js'
export type { UserProfile as IUserProfile } from '../model/people.js'

/** The original loads assets from there. These elements have none: the call has nothing to do. */
export function setAssetPath(_path: string): void {}

/** The original's run time takes functions of the platform here: the call has nothing to do. */
export function setPlatformOptions(_options: unknown): void {}

function sharingClient(kit: IMKit): IMKit {
  kit.provideClient(({ appkey, backend, libOption, logOutputLevel }) => {
    const lib: Partial<IInitOption> = libOption ?? {}
    return startPageClient({
      appkey,
      backend: backend ?? lib.backend,
      getToken: lib.getToken,
      logOutputLevel: logOutputLevel ?? lib.logOutputLevel,
    })
  })
  reportTo((error, context) => kit.report(error, context))
  onPageClientEnd(() => kit.destroy())
  return kit
}
