/** Spark clusters of separate processes for tests, started from the test class path alone. */
package io.hindsight.driver.cluster;
