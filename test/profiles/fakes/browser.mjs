/** A browser that answers what puppeteer asks before there are any pages. */
export function createBrowserTransport() {
  let contexts = 0
  const answers = {
    'Browser.getVersion': { protocolVersion: '1.3', product: 'Fake/1', revision: '', userAgent: 'Fake', jsVersion: '' },
    'Target.getBrowserContexts': { browserContextIds: [] },
    'Target.createBrowserContext': () => ({ browserContextId: `context-${++contexts}` }),
  }
  const transport = {
    send(text) {
      const { id, method } = JSON.parse(text)
      const answer = answers[method] ?? {}
      const result = typeof answer === 'function' ? answer() : answer
      setImmediate(() => transport.onmessage?.(JSON.stringify({ id, result })))
    },
    close() { transport.onclose?.() },
  }
  return transport
}
