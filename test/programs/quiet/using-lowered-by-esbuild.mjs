// `using` and `await using` in their common forms: the output of esbuild 0.28 for ES2022.
var __knownSymbol = (name, symbol) => (symbol = Symbol[name]) ? symbol : /* @__PURE__ */ Symbol.for("Symbol." + name);
var __typeError = (msg) => {
  throw TypeError(msg);
};
var __using = (stack, value, async) => {
  if (value != null) {
    if (typeof value !== "object" && typeof value !== "function") __typeError("Object expected");
    var dispose, inner;
    if (async) dispose = value[__knownSymbol("asyncDispose")];
    if (dispose === void 0) {
      dispose = value[__knownSymbol("dispose")];
      if (async) inner = dispose;
    }
    if (typeof dispose !== "function") __typeError("Object not disposable");
    if (inner) dispose = function() {
      try {
        inner.call(this);
      } catch (e) {
        return Promise.reject(e);
      }
    };
    stack.push([async, dispose, value]);
  } else if (async) {
    stack.push([async]);
  }
  return value;
};
var __callDispose = (stack, error, hasError) => {
  var E = typeof SuppressedError === "function" ? SuppressedError : function(e, s, m, _) {
    return _ = Error(m), _.name = "SuppressedError", _.error = e, _.suppressed = s, _;
  };
  var fail = (e) => error = hasError ? new E(e, error, "An error was suppressed during disposal") : (hasError = true, e);
  var next = (it) => {
    while (it = stack.pop()) {
      try {
        var result = it[1] && it[1].call(it[2]);
        if (it[0]) return Promise.resolve(result).then(next, (e) => (fail(e), next()));
      } catch (e) {
        fail(e);
      }
    }
    if (hasError) throw error;
  };
  return next();
};
import { enterScope, withScope } from 'scope-trace';
const log = [];
function settings() {
  var _stack = [];
  try {
    const outer = __using(_stack, enterScope("settings"));
    const inner = __using(_stack, enterScope("file"));
    return `${outer.name} ${inner.name}`;
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    __callDispose(_stack, _error, _hasError);
  }
}
async function transfer() {
  var _stack = [];
  try {
    const connection = __using(_stack, enterScope("connection"), true);
    const transaction = __using(_stack, enterScope("transaction"), true);
    const lock = __using(_stack, enterScope("lock"));
    await null;
    await withScope("statement", async () => {
      await null;
    });
    return [connection, transaction, lock].map(({ name }) => name).join(" ");
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
async function failing() {
  var _stack = [];
  try {
    const connection = __using(_stack, enterScope("connection"), true);
    const transaction = __using(_stack, enterScope("transaction"), true);
    await null;
    throw new Error(`${connection.name} ${transaction.name}`);
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
async function loop() {
  for (const name of ["first", "second"]) {
    var _stack = [];
    try {
      const scope = __using(_stack, enterScope(name), true);
      await null;
      log.push(scope.name);
    } catch (_) {
      var _error = _, _hasError = true;
    } finally {
      var _promise = __callDispose(_stack, _error, _hasError);
      _promise && await _promise;
    }
  }
}
async function* rows() {
  var _stack = [];
  try {
    const cursor = __using(_stack, enterScope("cursor"), true);
    yield cursor.name;
    yield "row";
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
log.push(settings(), await transfer());
await failing().catch((error) => log.push(error.message));
await loop();
await Promise.all([transfer(), loop()]);
for await (const row of rows()) log.push(row);
console.log(log.join());
