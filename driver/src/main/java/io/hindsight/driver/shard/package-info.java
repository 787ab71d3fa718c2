/**
 * The part of a training step that runs anywhere: logical shards, their windows, the pure shard
 * task and the reduction tree.
 */
package io.hindsight.driver.shard;
