// Assertions about failures that cannot pass when nothing fails.
import { expect } from 'chai';
import { ClickToCallError, type ErrorCode } from '../src/errors.js';

/** Waits for `work` to reject with an error of that code, and gives the error. Fails when it resolves. */
export async function rejects(work: Promise<unknown>, code: ErrorCode): Promise<ClickToCallError> {
  return withCode(await reasonOf(work), code);
}

/** Waits for `work` to reject, and gives what it rejects with. Fails when it resolves. */
export function reasonOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => expect.fail('expected a rejection, but it resolved'),
    (reason: unknown) => reason,
  );
}

/** Runs `run`, which has to throw an error of that code, and gives the error. Fails when it returns. */
export function throws(run: () => unknown, code: ErrorCode): ClickToCallError {
  let thrown: unknown;
  try {
    run();
  } catch (error) {
    thrown = error;
  }
  return withCode(thrown, code);
}

function withCode(thrown: unknown, code: ErrorCode): ClickToCallError {
  if (!(thrown instanceof ClickToCallError)) expect.fail(`expected ${code}, got ${String(thrown)}`);
  expect(thrown.code).to.equal(code);
  return thrown;
}
