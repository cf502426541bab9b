// Every story that the local platform can tell: which public token gets which answer, which address does what.
// Plain data, so that the page can list the stories, the platform play them and the tests go through them.
export * from './destination-stories.js';
export * from './token-stories.js';
