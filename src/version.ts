declare const __SCOPE_TRACE_VERSION__: string;

/** The version of this package. The build puts it in. */
export const VERSION: string = __SCOPE_TRACE_VERSION__;
