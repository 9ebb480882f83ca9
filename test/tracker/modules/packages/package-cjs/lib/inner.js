exports.Inner = class Inner {}
