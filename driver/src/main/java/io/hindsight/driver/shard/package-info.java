/** Which sequence is computed where: logical shards, their slots and the windows of a step. */
package io.hindsight.driver.shard;
