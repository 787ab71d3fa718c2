/**
 * YAML as a tree that knows where each value stands, so that every problem is told with its place.
 */
package io.hindsight.driver.config.yaml;
