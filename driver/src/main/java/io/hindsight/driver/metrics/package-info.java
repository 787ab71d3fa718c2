/** What a run reports: a line per step, the status file, the progress on the terminal. */
package io.hindsight.driver.metrics;
