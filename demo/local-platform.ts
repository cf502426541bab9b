// Whether a local stand-in for SignalWire answers this page: the server that has one says so in the page's head.
// Promise: one answer for the whole page; a copy that is served as plain files has none.

/** True when calls of this page can be answered without an account. */
export const hasStandIn = document.querySelector('meta[name="stand-in"]') !== null;
