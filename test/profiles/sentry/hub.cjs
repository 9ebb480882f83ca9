/** Version 7, where the program itself pushes and pops. It is CommonJS alone. */
const Sentry = require('sentry7')

Sentry.init({
  dsn: 'https://key@127.0.0.1/1', defaultIntegrations: false, integrations: [],
  transport: () => ({ send: async () => ({}), flush: async () => true }),
})
exports.hub = Sentry.getCurrentHub()
exports.Sentry = Sentry
