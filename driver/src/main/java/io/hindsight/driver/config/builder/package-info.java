/**
 * Configurations made in Java: builders whose setters have the names of the keys in YAML, and whose
 * values get the same defaults and the same checks, because the same sections read them.
 */
package io.hindsight.driver.config.builder;
