/** The report of a run: one page that needs nothing else, and its numbers for programs. */
package io.hindsight.driver.report;
