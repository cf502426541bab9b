// The memory limiter by its own file: the package's index brings `cluster` and `crypto` of Node along, which other
// runtimes do not have. The package types its index only.
declare module 'rate-limiter-flexible/lib/RateLimiterMemory.js' {
  import type { RateLimiterMemory } from 'rate-limiter-flexible';
  const Memory: typeof RateLimiterMemory;
  export default Memory;
}
