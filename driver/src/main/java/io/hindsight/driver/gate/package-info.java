/** Judges the data of a retraining before it, and its model after it. */
package io.hindsight.driver.gate;
