// The memory limiter is imported from its own file, because the package's index imports `cluster` and `crypto` of Node,
// which other runtimes lack. The package has types for its index only.
declare module 'rate-limiter-flexible/lib/RateLimiterMemory.js' {
  import type { RateLimiterMemory } from 'rate-limiter-flexible';
  const Memory: typeof RateLimiterMemory;
  export default Memory;
}
