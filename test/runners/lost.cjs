'use strict';
const { channel } = require('node:diagnostics_channel');

const entered = channel('scope-trace:scope:enter');
const exited = channel('scope-trace:scope:exit');
const started = channel('scope-trace:task:start');
const returned = channel('scope-trace:task:return');

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function task(name, run) {
  const token = {};
  started.publish({ task: token, name });
  returned.publish({ task: token, result: run() });
}

/** A scope that one task enters and has ended when a timer exits it. */
exports.lose = async function lose(name) {
  const scope = {};
  task(`opens ${name}`, async () => {
    await pause(1);
    entered.publish({ scope, name });
  });
  await pause(10);
  setTimeout(() => { exited.publish({ scope }); }, 1);
  await pause(10);
};

let handed;

/** One test may leave a scope to the next. */
exports.enter = function enter(name) {
  handed = {};
  entered.publish({ scope: handed, name });
};

exports.exit = function exit() {
  exited.publish({ scope: handed });
};
