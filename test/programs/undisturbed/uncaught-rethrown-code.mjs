// A rejected top-level await ends the program with 1 and its text.
process.on('exit', (code) => console.log('exit', code))
await Promise.reject(Object.assign(new Error('top level'), { code: 'E_EXPECTED' }))
