// In every test page, before all else: what nobody caught is logged under a mark, and the reporter
// failOnUncaught() fails the file for it. Mocha does so itself only while one of its tests runs.
// A classic script, since modules run too late.

;(() => {
  const mark = '[uncaught]'

  addEventListener('error', (event) => {
    // Not an error: the browser says that it will deliver the rest of the sizes in the next frame.
    if (event.message.startsWith('ResizeObserver loop')) {
      event.stopImmediatePropagation()
      return
    }
    console.error(mark, event.error ?? event.message)
  })

  addEventListener('unhandledrejection', (event) => {
    console.error(mark, event.reason)
  })
})()
