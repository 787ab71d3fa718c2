/**
 * The messages between driver and executors and their bytes, the same under Java's serialization
 * and under Kryo; and where an executor keeps the data it is sent.
 */
package io.hindsight.driver.engine.wire;
