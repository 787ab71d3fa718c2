/**
 * The data of a run: read, cut into windows and divided into shards, and what people should know of
 * it.
 */
package io.hindsight.driver.data;
