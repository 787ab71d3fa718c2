/**
 * The sections of a configuration, a file each: its defaults, how it is read and checked, and how
 * it is written resolved. What is read may be YAML or values of Java; a section does not know.
 */
package io.hindsight.driver.config.section;
