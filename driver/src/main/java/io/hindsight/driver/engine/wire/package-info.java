/**
 * The messages between driver and executors and their bytes, the same under Java's serialization
 * and under Kryo.
 */
package io.hindsight.driver.engine.wire;
