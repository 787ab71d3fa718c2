/**
 * The bytes of what driver and executors send each other: arrays, networks, sequences, steps.
 * Numbers keep their bits.
 */
package io.hindsight.driver.spark.codec;
