// Workers of a cluster get no options of an inspector that nobody has asked for.
import cluster from 'node:cluster'

if (cluster.isPrimary) {
  cluster.fork().on('message', (execArgv) => console.log(execArgv))
} else {
  process.send(process.execArgv, () => process.disconnect())
}
