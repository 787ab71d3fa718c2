/** Saves the state of the loop beside training, and restores it. */
package io.hindsight.driver.checkpoint;
