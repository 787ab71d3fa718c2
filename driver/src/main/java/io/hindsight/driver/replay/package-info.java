/** Steps that were not finite, kept and made again; steps that a run diagnoses as it makes them. */
package io.hindsight.driver.replay;
