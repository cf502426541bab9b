// The code that a click needs, in three chunks. The element alone imports this file, and hands the loaders down.
import { lazy } from '../lazy.js';

/** Makes a call: settings, preflight, guest token, outcome. */
export const loadCall = lazy(() => import('../call/place.js'));

/** The built-in call UI; not fetched when the page has its own. */
export const loadBuiltIn = lazy(() => import('../call/built-in.js'));

/** The SDK and what speaks to it; by far the largest file. */
export const loadSdk = lazy(() => import('../sdk/gateway.js'));
