// `using` and `await using` in their common forms: the output of TypeScript 5.9 for ES2022.
var __addDisposableResource = (this && this.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (this && this.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});
import { enterScope, withScope } from 'scope-trace';
const log = [];
function settings() {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const outer = __addDisposableResource(env_1, enterScope('settings'), false);
        const inner = __addDisposableResource(env_1, enterScope('file'), false);
        return `${outer.name} ${inner.name}`;
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        __disposeResources(env_1);
    }
}
async function transfer() {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const connection = __addDisposableResource(env_2, enterScope('connection'), true);
        const transaction = __addDisposableResource(env_2, enterScope('transaction'), true);
        const lock = __addDisposableResource(env_2, enterScope('lock'), false);
        await null;
        await withScope('statement', async () => {
            await null;
        });
        return [connection, transaction, lock].map(({ name }) => name).join(' ');
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_2);
        if (result_1)
            await result_1;
    }
}
async function failing() {
    const env_3 = { stack: [], error: void 0, hasError: false };
    try {
        const connection = __addDisposableResource(env_3, enterScope('connection'), true);
        const transaction = __addDisposableResource(env_3, enterScope('transaction'), true);
        await null;
        throw new Error(`${connection.name} ${transaction.name}`);
    }
    catch (e_3) {
        env_3.error = e_3;
        env_3.hasError = true;
    }
    finally {
        const result_2 = __disposeResources(env_3);
        if (result_2)
            await result_2;
    }
}
async function loop() {
    for (const name of ['first', 'second']) {
        const env_4 = { stack: [], error: void 0, hasError: false };
        try {
            const scope = __addDisposableResource(env_4, enterScope(name), true);
            await null;
            log.push(scope.name);
        }
        catch (e_4) {
            env_4.error = e_4;
            env_4.hasError = true;
        }
        finally {
            const result_3 = __disposeResources(env_4);
            if (result_3)
                await result_3;
        }
    }
}
async function* rows() {
    const env_5 = { stack: [], error: void 0, hasError: false };
    try {
        const cursor = __addDisposableResource(env_5, enterScope('cursor'), true);
        yield cursor.name;
        yield 'row';
    }
    catch (e_5) {
        env_5.error = e_5;
        env_5.hasError = true;
    }
    finally {
        const result_4 = __disposeResources(env_5);
        if (result_4)
            await result_4;
    }
}
log.push(settings(), await transfer());
await failing().catch((error) => log.push(error.message));
await loop();
await Promise.all([transfer(), loop()]);
for await (const row of rows())
    log.push(row);
console.log(log.join());
