/**
 * The part of a training step that runs anywhere: the pure shard task, its threads, and the sums of
 * its results in one tree.
 */
package io.hindsight.driver.step;
