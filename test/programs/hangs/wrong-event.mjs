import { EventEmitter, once } from 'node:events';
// waits: started › event "listen" of EventEmitter
const server = new EventEmitter();
async function started() {
  await once(server, 'listen'); // expect: never
}
started();
setTimeout(() => console.log('ready'), 100);
setInterval(() => {}, 1e6);
