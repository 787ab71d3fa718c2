/** The settings of a run as small records, and what is told of wrong ones. */
package io.hindsight.driver.config;
