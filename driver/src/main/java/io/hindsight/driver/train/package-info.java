/** The training loop, its state, and the run around it. */
package io.hindsight.driver.train;
