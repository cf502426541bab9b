/** An option of the proxy that is missing, malformed or unsafe. Its message never quotes a token or a credential. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
  /** Path of the option, such as `rateLimit.perClient.requests`. */
  readonly option: string;
  /** What is wrong: the rest of a sentence that starts with the option, such as `is not a function.` */
  readonly problem: string;

  constructor(option: string, problem: string) {
    super(`${option} ${problem}`);
    this.option = option;
    this.problem = problem;
  }
}
