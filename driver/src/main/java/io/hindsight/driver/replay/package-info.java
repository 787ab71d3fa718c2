/** Steps that were not finite: kept with all they were computed from, and made again. */
package io.hindsight.driver.replay;
