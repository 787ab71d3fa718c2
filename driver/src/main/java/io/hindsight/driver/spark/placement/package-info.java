/** Where shards are kept: how they come to an executor, and stay on its heap or in its files. */
package io.hindsight.driver.spark.placement;
