/**
 * The sections of a configuration file: how each is read and checked, and how it is written
 * resolved.
 */
package io.hindsight.driver.config.section;
