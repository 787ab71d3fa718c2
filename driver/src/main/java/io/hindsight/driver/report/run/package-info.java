/** What a run directory tells of its run, read again. */
package io.hindsight.driver.report.run;
