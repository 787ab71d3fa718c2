package io.hindsight.driver.score.example;

/**
 * A sequence that was looked at.
 *
 * @param index among the sequences of its part
 * @param id of the sequence
 * @param length T: its steps, with those that are read before the first that is scored
 */
record Sample(int index, String id, int length, Look look) {}
