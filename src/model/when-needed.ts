/**
 * Code that is loaded when it is first needed. Once it is there, every call has it; a load that
 * failed, for want of a network, is tried again by the next call.
 */
export function whenNeeded<Module>(load: () => Promise<Module>): () => Promise<Module> {
  let loading: Promise<Module> | undefined
  return () =>
    (loading ??= load().catch((error: unknown) => {
      loading = undefined
      throw error
    }))
}
