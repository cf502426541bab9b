// Assertions about failures. They fail when nothing was thrown.
import { expect } from 'chai';
import { ClickToCallError, type ErrorCode } from '../src/errors.js';

/** Resolves to the error with which `work` rejects, which must have that code. Fails when `work` resolves. */
export async function rejects(work: Promise<unknown>, code: ErrorCode): Promise<ClickToCallError> {
  return withCode(await reasonOf(work), code);
}

/** Resolves to the reason with which `work` rejects. Fails when `work` resolves. */
export function reasonOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => expect.fail('expected a rejection, but it resolved'),
    (reason: unknown) => reason,
  );
}

/** Returns the error that `run` throws, which must have that code. Fails when `run` returns. */
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
