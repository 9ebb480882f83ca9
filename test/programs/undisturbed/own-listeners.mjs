// The program's own process listeners, and who hears that they come and go.
const heard = []
process.on('newListener', (event) => heard.push(`new ${String(event)}`))
process.on('removeListener', (event) => heard.push(`gone ${String(event)}`))
process.on('exit', () => heard.push('exit'))
process.once('beforeExit', () => heard.push('beforeExit'))
process.on('SIGUSR2', () => {})
process.removeAllListeners('SIGUSR2')
process.removeAllListeners('exit')
process.on('exit', (code) => console.log(heard.join('\n'), code))
