/**
 * The run's configuration: small records, and the YAML reader that reports every problem at once.
 */
package io.hindsight.driver.config;
