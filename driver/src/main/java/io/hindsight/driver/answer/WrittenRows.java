package io.hindsight.driver.answer;

/**
 * What was written.
 *
 * @param rows all of them
 * @param unanswered the sequences without an answer, each of one row
 */
public record WrittenRows(long rows, long unanswered) {}
