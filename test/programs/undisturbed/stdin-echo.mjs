// input: one two three
// Standard input arrives whole and ends.
let text = ''
for await (const chunk of process.stdin) text += chunk
console.log(text.toUpperCase(), process.stdin.isTTY, process.stdout.isTTY)
