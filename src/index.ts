// Door ".": names everything public and registers nothing. Importing it touches no DOM; it works in plain Node.
export { SwClickToCall } from './element/sw-click-to-call.js';
export { register } from './register.js';
export { GuestTokenSource } from './token/source.js';
export { GuestTokenController } from './token/controller.js';
export { watchPage } from './call/csp-watch.js';
export { ClickToCallError, ERRORS } from './errors.js';
export * from './events.js';
export type { GuestTokenSourceOptions, GetOptions, ProvidedToken, TokenProvider } from './token/source.js';
export type { GuestTokenControllerOptions, GuestTokenStatus } from './token/controller.js';
export type { RequestWatch, WatchRequest } from './token/exchange.js';
export type { ApiErrorItem, ErrorCode, ErrorDetail, ErrorFacts, ErrorPhase } from './errors.js';
export type { ErrorRow } from './error-table.js';
export type { CallChange, CallEnd, CallHandle, CallRequest, CallUi } from './call/port.js';
export type { StringOverrides, Strings } from './locales/en.js';
